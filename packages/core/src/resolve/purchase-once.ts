import { reasonOf } from '../error.ts'
import { type Consent, isBinding } from '../plan/consent.ts'
import type { Claim, ClaimEnd, Claims } from '../ports.ts'
import { lookAgain } from './look-again.ts'
import type { Once } from './once.ts'
import type { Outcome } from './outcome.ts'
import { type Order, type PurchasePorts, purchase } from './purchase.ts'
import { outcomeOfWord } from './word-left.ts'

/** What keeps builds from buying one request twice. */
export interface SharedPorts extends PurchasePorts {
  /** Lets builds of one process share one purchase of a request. */
  readonly inFlight: Once<Outcome>
  /** Lets one process at a time buy a request. */
  readonly claims: Claims
  /** What of earlier attempts may be repeated. */
  readonly consent: Consent
}

/** One purchase for all who ask for a request at the same time, and none where one was just made. */
export async function purchaseOnce(order: Order, ports: SharedPorts): Promise<Outcome> {
  let isFollower = true
  const outcome = await ports.inFlight(order.image.requestHash, () => {
    isFollower = false
    return purchaseAlone(order, ports)
  })
  // What one build pays for, another does not report again.
  const isPaidElsewhere = isFollower && outcome.kind === 'bought'
  return isPaidElsewhere ? { kind: 'found', entry: outcome.entry } : outcome
}

/** Waits until no other process buys the request, and buys it where it is still missing. Never rejects. */
async function purchaseAlone(order: Order, ports: SharedPorts): Promise<Outcome> {
  let claim: Claim
  try {
    claim = await ports.claims.claim(order.image.requestHash, ports.stop)
  } catch (cause) {
    const message = ports.stop.aborted
      ? 'the build was stopped before this picture was asked for'
      : `other builds could not be kept from buying it as well: ${reasonOf(cause)}`
    return { kind: 'failed', scope: 'run', message }
  }
  const conclusion = await purchaseMissing(order, claim, ports)
  await claim.end(endAfter(conclusion, claim))
  return conclusion.outcome
}

interface Conclusion {
  readonly outcome: Outcome
  /** Whether the provider was asked here and now. */
  readonly wasAsked: boolean
}

function endAfter({ outcome, wasAsked }: Conclusion, { word }: Claim): ClaimEnd {
  switch (outcome.kind) {
    case 'bought':
      return outcome.isUnpushed === true ? 'unpushed' : 'resolved'
    case 'found':
      // What is here as well may still be where no other machine looks for it.
      return word === undefined ? 'resolved' : 'open'
    case 'unknown':
      // What is known of another machine's attempt is no attempt of ours.
      return wasAsked || word === undefined ? 'unknown' : 'open'
    case 'refused':
    case 'failed':
      return 'open'
  }
}

async function purchaseMissing(
  order: Order,
  claim: Claim,
  { store, journal, consent, ...ports }: SharedPorts,
): Promise<Conclusion> {
  const { image } = order
  const look = await lookAgain(image, {
    store,
    consent,
    verdictOf: ({ requestHash }) => journal.verdict(requestHash),
  })
  if (look.kind === 'settled') return { outcome: look.outcome, wasAsked: false }
  const { verdict } = look
  const { word } = claim
  if (word !== undefined && isBinding(word, consent, ports.clock.now()))
    return { outcome: outcomeOfWord(word, image), wasAsked: false }
  const outcome = await purchase(order, claim, { store, journal, ...ports })
  if (outcome.kind !== 'bought' || verdict?.kind !== 'unknown') return { outcome, wasAsked: true }
  const { worstMicroUsd = image.source.estimate.worstMicroUsd } = verdict
  return { outcome: { ...outcome, earlierMicroUsd: worstMicroUsd }, wasAsked: true }
}
