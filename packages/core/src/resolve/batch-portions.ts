import type { NewImage } from '../plan/budget.ts'
import type { BatchDesk, BatchRequest } from '../ports.ts'

/** What fills the requests of a batch with the pictures that go along with them. */
export interface PortionPorts {
  readonly desk: Pick<BatchDesk, 'portions'>
  /** Answers nothing for an image that cannot be asked for. */
  requestFor(image: NewImage): Promise<BatchRequest | undefined>
}

/** So many bytes of pictures are read before the desk is asked again what goes into one call. */
const stepBytes = 50_000_000

/**
 * Requests in portions, each of which one call hands in. Pictures are read as far as the portion that is asked for needs
 * them, and one step more, so that a project with many of them needs no more memory than one with few.
 */
export async function* portionsOf(
  images: readonly NewImage[],
  { desk, requestFor }: PortionPorts,
): AsyncIterable<readonly BatchRequest[]> {
  let open: BatchRequest[] = []
  let readBytes = 0
  for (const image of alikeTogether(images)) {
    const request = await requestFor(image)
    if (request === undefined) continue
    open.push(request)
    readBytes += bytesOf(request)
    if (readBytes < stepBytes || desk.portions === undefined) continue
    readBytes = 0
    const full = [...desk.portions(open)]
    // More requests may go into the last one.
    open = [...(full.pop() ?? [])]
    yield* emptying(full)
  }
  if (open.length > 0) yield* emptying([...(desk.portions?.(open) ?? [open])])
}

/** A desk parts requests by their models, and edits from others: alike ones fill a portion one after another. */
function alikeTogether(images: readonly NewImage[]): readonly NewImage[] {
  const groups = Map.groupBy(images, ({ base, request }) => {
    const isEdit = base !== undefined || (request.references ?? []).length > 0
    return `${isEdit} ${request.model}`
  })
  return [...groups.values()].flat()
}

function bytesOf({ images }: BatchRequest): number {
  const pictures = [...(images?.images ?? []), ...(images?.mask === undefined ? [] : [images.mask])]
  return pictures.reduce((sum, { bytes }) => sum + bytes.length, 0)
}

/** Lets go of what was handed in. */
function* emptying<Item>(items: Item[]): Iterable<Item> {
  for (let item = items.shift(); item !== undefined; item = items.shift()) yield item
}
