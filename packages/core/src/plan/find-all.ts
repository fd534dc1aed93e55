import { authoredKeyOf, recordedRequestOf, requestHashOf } from '../key/key.ts'
import type { Key, RequestHash, Store } from '../ports.ts'
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
    return [{ key, requests: alike, request, found: await store.entry(key) }]
  })
  return (await Promise.all(all)).flat()
}

/** Each image after the one that it is made from, else in the given order. */
export function afterBases(images: readonly FoundImage[]): readonly FoundImage[] {
  return images.toSorted((one, other) => depthOf(one.request) - depthOf(other.request))
}

/**
 * What a provider is asked for an image.
 * @param hashes What the images that it may be made from were asked for: a stored one may be of older defaults.
 */
export function askedFor(image: FoundImage, hashes: ReadonlyMap<Key, RequestHash>): LookUp {
  const { request } = image
  const known = request.base && hashes.get(authoredKeyOf(request.base))
  const asked = recordedRequestOf(request)
  const recorded = known === undefined ? asked : { ...asked, basedOn: known }
  return { ...image, recorded, requestHash: requestHashOf(recorded) }
}
