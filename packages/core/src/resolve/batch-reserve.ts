import pMap from 'p-map'
import type { NewImage } from '../plan/budget.ts'
import { type Consent, isBinding } from '../plan/consent.ts'
import type { Journal, Store, Verdict } from '../ports.ts'
import { lookAgain } from './look-again.ts'
import type { Outcome } from './outcome.ts'
import { type WordPorts, free, outcomeOfWord } from './word-left.ts'

/** What is needed to tell other machines of a batch, and to find what they did since it was planned. */
export interface ReservePorts extends WordPorts {
  readonly store: Store
  readonly journal: Journal
  readonly consent: Consent
}

/** What of a batch may be handed in. */
export interface Reservation {
  readonly reserved: readonly NewImage[]
  /** What is kept back, and why. */
  readonly kept: ReadonlyMap<NewImage, Outcome>
  /** Why it cannot be told of some whether others have them in hand. */
  readonly fault: unknown
}

const underWay: Outcome = {
  kind: 'failed',
  scope: 'image',
  message: 'a build asks for it at this moment',
}

/** So many are looked for at once. */
const concurrency = 16

/**
 * Tells other machines that images are going to wait in a batch, but for those that others have in hand, here or there,
 * or had so since the plan was made. Never rejects.
 * @param order Our name of the batch, which is on record.
 */
export async function reserveAll(
  order: string,
  images: readonly NewImage[],
  ports: ReservePorts,
): Promise<Reservation> {
  const told = await tellOf(images, ports)
  if (told.fault !== undefined) return told
  const settled = await settledSince(order, told.reserved, ports)
  await free([...settled.keys()], ports)
  return {
    ...told,
    reserved: told.reserved.filter((image) => !settled.has(image)),
    kept: new Map([...told.kept, ...settled]),
  }
}

async function tellOf(
  images: readonly NewImage[],
  { claims, consent, clock }: ReservePorts,
): Promise<Reservation> {
  const now = clock.now()
  const reserved: NewImage[] = []
  const kept = new Map<NewImage, Outcome>()
  let fault: unknown
  const reserve = async (image: NewImage): Promise<void> => {
    const { requestHash } = image
    try {
      const answer = await claims.reserve(requestHash, (word) => isBinding(word, consent, now))
      if (answer === 'reserved') reserved.push(image)
      else kept.set(image, answer === 'held' ? underWay : outcomeOfWord(answer, image))
    } catch (cause) {
      fault = cause
    }
  }
  await Promise.all(images.map(reserve))
  return { reserved, kept, fault }
}

/** What others bought since the plan was made, or asked for and may have been charged for. */
async function settledSince(
  order: string,
  images: readonly NewImage[],
  { store, journal, consent }: ReservePorts,
): Promise<ReadonlyMap<NewImage, Outcome>> {
  let verdicts: ReturnType<Journal['verdicts']> | undefined
  const verdictOf = async ({ requestHash }: NewImage): Promise<Verdict | undefined> => {
    // Thousands of images are read of once. Our own record says of each that it waits, and hides what else is known.
    verdicts ??= journal.verdicts(order)
    return (await verdicts).get(requestHash)
  }
  const settled = new Map<NewImage, Outcome>()
  const look = async (image: NewImage): Promise<void> => {
    const seen = await lookAgain(image, { store, consent, verdictOf })
    if (seen.kind === 'settled') settled.set(image, seen.outcome)
  }
  await pMap(images, look, { concurrency })
  return settled
}
