import type { NewImage } from '../plan/budget.ts'
import { type Consent, isBinding } from '../plan/consent.ts'
import type { Claims, Clock, RequestHash, Word } from '../ports.ts'
import type { Outcome } from './purchase.ts'
import { describeWord } from './word-left.ts'

/** What is needed to tell other machines of a batch. */
export interface ReservePorts {
  readonly claims: Claims
  readonly consent: Consent
  readonly clock: Clock
}

/** What of a batch may be handed in. */
export interface Reservation {
  readonly reserved: readonly RequestHash[]
  /** What is kept back, and why. */
  readonly kept: ReadonlyMap<NewImage, Outcome>
  /** Why it cannot be told of some whether others have them in hand. */
  readonly fault: unknown
}

/**
 * Tells other machines that images are going to wait in a batch, but for those that others have in hand, here or there.
 * Never rejects.
 */
export async function reserveAll(
  images: readonly NewImage[],
  { claims, consent, clock }: ReservePorts,
): Promise<Reservation> {
  const now = clock.now()
  const reserved: RequestHash[] = []
  const kept = new Map<NewImage, Outcome>()
  let fault: unknown
  const reserve = async (image: NewImage): Promise<void> => {
    const { requestHash } = image
    try {
      const answer = await claims.reserve(requestHash, (word) => isBinding(word, consent, now))
      if (answer === 'reserved') reserved.push(requestHash)
      else kept.set(image, { kind: 'failed', scope: 'image', message: describe(answer) })
    } catch (cause) {
      fault = cause
    }
  }
  await Promise.all(images.map(reserve))
  return { reserved, kept, fault }
}

function describe(answer: 'held' | Word): string {
  return answer === 'held' ? 'a build asks for it at this moment' : describeWord(answer)
}
