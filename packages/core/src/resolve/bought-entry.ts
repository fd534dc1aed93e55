import type { NewImage } from '../plan/budget.ts'
import type { Answer, Entry, Estimate, Settlement, Size } from '../ports.ts'
import type { Pixels } from './inspect-reply.ts'

type Made = Answer & { readonly kind: 'image' }

/** What the store remembers of a picture that was bought. */
export function entryOf(image: NewImage, answer: Made, pixels: Pixels, boughtAt: Date): Entry {
  return {
    schema: 1,
    key: image.key,
    requestHash: image.requestHash,
    request: image.request,
    ...(image.style !== undefined && { style: image.style }),
    wanted: image.wanted,
    original: { ...pixels, digitalSourceType: image.digitalSourceType },
    cost: costOf(answer, image.source.estimate),
    ...(answer.making !== undefined && { making: answer.making }),
    boughtAt: boughtAt.toISOString(),
    ...(answer.requestId !== undefined && { requestId: answer.requestId }),
  }
}

/** How the attempt ended that an entry came of. */
export function boughtAs({ cost, requestId }: Entry): Settlement {
  const { microUsd, basis } = cost
  return { kind: 'bought', microUsd, basis, ...(requestId !== undefined && { requestId }) }
}

/**
 * The size that an answer names, where it covers the wanted one: what came was paid for. No larger than any picture gets,
 * so that naming a size opens no door to a decompression bomb.
 */
export function expectedSize({ request, wanted }: NewImage, { making }: Made): Size {
  const named = making?.size
  if (named === undefined) return request.size
  const covers = named.width >= wanted.width && named.height >= wanted.height
  return covers && Math.max(named.width, named.height) <= maxEdge ? named : request.size
}

const maxEdge = 8192

/** What a provider reports outranks the estimate; where it reports no amount, the worst case is never too little. */
function costOf({ microUsd, usage }: Made, estimate: Estimate): Entry['cost'] {
  const known = usage === undefined ? {} : { usage }
  return isAmount(microUsd)
    ? { microUsd, basis: 'usage', ...known }
    : { microUsd: estimate.worstMicroUsd, basis: 'estimate', ...known }
}

/** Whether a provider reports an amount that is one. */
export function isAmount(microUsd: number | undefined): microUsd is number {
  return microUsd !== undefined && Number.isSafeInteger(microUsd) && microUsd >= 0
}
