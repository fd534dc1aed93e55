import { ImpromptError, reasonOf } from '../error.ts'
import type { Plan, PlannedImage } from '../plan/plan.ts'
import type { Entry, Found, Key, Size, Store } from '../ports.ts'
import { drawSketch } from '../provider/sketch/draw.ts'
import { type Outcome, entryAfter } from '../resolve/outcome.ts'
import type { PictureSource } from './picture.ts'

/**
 * Where the pixels of each image of a plan come from, after buying: its original, or, on a draft and where placeholders are
 * wanted, a local drawing that is marked as one. An image that has neither is left out.
 */
export function sourcesOf(
  plan: Plan,
  outcomes: ReadonlyMap<Key, Outcome>,
  store: Store,
  hasPlaceholders: boolean,
): ReadonlyMap<Key, PictureSource> {
  const sources = plan.images.flatMap((image) => {
    const entry = entryAfter(image, outcomes.get(image.key))
    if (entry !== undefined)
      return [[image.key, originalSource(entry, image.wanted, store)] as const]
    const isStandIn = hasPlaceholders || image.source.kind === 'draft'
    return isStandIn ? [[image.key, placeholderSource(image)] as const] : []
  })
  return new Map(sources)
}

/** The pixels of what was bought. */
export function originalSource(entry: Entry, size: Size, store: Store): PictureSource {
  const { sha256, isOpaque, digitalSourceType } = entry.original
  const shape = shapeOf(entry.original)
  return {
    id: sha256,
    isOpaque,
    digitalSourceType,
    ...(shape !== undefined && { shape }),
    size,
    load: async () => {
      const found = await store.original(entry)
      if (found.kind === 'hit') return found.value
      throw unreadable(found, sha256)
    },
  }
}

/** The plan found it in its place, and did not read it. */
function unreadable(
  found: Exclude<Found<unknown>, { kind: 'hit' }>,
  sha256: string,
): ImpromptError {
  const state = 'Nothing of it was shown, nor was it bought again'
  switch (found.kind) {
    case 'damaged':
      return new ImpromptError('STORE_DAMAGED', `\`${found.path}\`: ${found.fault}. ${state}`)
    case 'absent':
      return new ImpromptError(
        'STORE_DAMAGED',
        `The original \`${sha256}\` went missing while the build ran. ${state}`,
      )
    case 'unknown': {
      const reason = `\`${found.path}\` cannot be read: ${reasonOf(found.cause)}`
      return new ImpromptError('STORE_UNREADABLE', `${reason}. ${state}`, { cause: found.cause })
    }
  }
}

function shapeOf({ format }: Entry['original']): PictureSource['shape'] {
  switch (format) {
    case 'png':
    case 'jpeg':
    case 'webp':
      return undefined
    case 'gif':
      return 'animation'
    case 'svg':
      return 'drawing'
  }
}

/** Stands still and has pixels, whatever it stands in for. */
function placeholderSource(image: PlannedImage): PictureSource {
  let drawn: Promise<Uint8Array> | undefined
  const draw = (): Promise<Uint8Array> =>
    drawSketch({ ...image.request, size: image.wanted }, 'placeholder')
  return {
    id: `placeholder 1 ${image.requestHash}`,
    isOpaque: image.request.background !== 'transparent',
    digitalSourceType: 'algorithmicMedia',
    size: image.wanted,
    load: () => (drawn ??= draw()),
  }
}
