import { authoredKeyOf, recordedRequestOf, requestHashOf } from '../key/key.ts'
import type { Settings } from '../config/settings.ts'
import type { Entry, Key, RequestHash, Store } from '../ports.ts'
import type { Problem } from '../problem.ts'
import { coveringFrame, formatSize } from '../size-rule.ts'
import type { NamedFiles } from '../request/reference-paths.ts'
import type { ImageRequest } from '../request/image-request.ts'
import { depthOf } from '../request/variation.ts'
import type { FoundImage, LookUp } from './look-up.ts'

/** Looks up every image that requests ask for, each once, in the order in which they name them first. */
export async function findAll(
  requests: readonly ImageRequest[],
  store: Store,
): Promise<readonly FoundImage[]> {
  const groups = [...Map.groupBy(requests, authoredKeyOf)]
  const all = groups.map(async ([key, [first, ...others]]): Promise<readonly FoundImage[]> => {
    if (first === undefined) return []
    const alike = [first, ...others]
    // A draft, which may stand in a folder of another default style, decides nothing for a published page.
    const request = alike.find(({ isDraft }) => !isDraft) ?? first
    const found = await store.entry(key)
    // All at once, as a tier may have to be asked for each.
    const held = found.kind === 'hit' ? { held: await store.holds(found.value) } : {}
    return [{ key, requests: alike, request, found, ...held }]
  })
  return (await Promise.all(all)).flat()
}

/** Images in groups, each after the one that holds what its images are made from, else in the given order. */
export function afterBases(images: readonly FoundImage[]): readonly (readonly FoundImage[])[] {
  const groups = [...Map.groupBy(images, ({ request }) => depthOf(request))]
  return groups.toSorted(([one], [other]) => one - other).map(([, group]) => group)
}

/** A picture that another one may be made from: what it was asked for, and its entry where the store holds it. */
export interface HeldImage {
  readonly requestHash: RequestHash
  readonly entry: Entry | undefined
}

/**
 * What a provider is asked for an image.
 * @param held The images that it may be made from: a stored one may be of older defaults, and so of another size.
 */
export function askedFor(
  image: FoundImage,
  held: ReadonlyMap<Key, HeldImage>,
  settings: Settings,
): LookUp {
  const base = image.request.base && held.get(authoredKeyOf(image.request.base))
  const request =
    base?.entry === undefined ? image.request : fitted(image.request, base.entry, settings)
  const asked = recordedRequestOf(request)
  const recorded = base === undefined ? asked : { ...asked, basedOn: base.requestHash }
  return { ...image, request, recorded, requestHash: requestHashOf(recorded) }
}

/** A variation has the size of what it varies, unless its author names one or its model makes none as large. */
function fitted(request: ImageRequest, { wanted }: Entry, settings: Settings): ImageRequest {
  const { provider, model: id, frames } = request.request
  const model = settings.providers.get(provider)?.models.find((one) => one.id === id)
  const size = model && coveringFrame(wanted, model.sizes, frames)
  if (size === undefined || request.explicit.has('size')) return request
  return { ...request, wanted, request: { ...request.request, size } }
}

/** A mask has the size of the picture that is varied, as that was bought or is going to be. */
export function maskProblem(
  { request, recorded }: LookUp,
  held: ReadonlyMap<Key, HeldImage>,
  files: NamedFiles,
): Problem | undefined {
  if (request.base === undefined || recorded.mask === undefined) return undefined
  const base = held.get(authoredKeyOf(request.base))?.entry?.original ?? request.base.request.size
  const mask = [...files.values()].find(
    (file) => file.kind === 'picture' && file.sha256 === recorded.mask,
  )
  if (mask?.kind !== 'picture') return undefined
  if (mask.width === base.width && mask.height === base.height) return undefined
  const [actual, expected] = [formatSize(mask), formatSize(base)]
  return { kind: 'mask-size', actual, expected, place: request.place }
}
