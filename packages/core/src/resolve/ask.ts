import { randomUUID } from 'node:crypto'
import { reasonOf } from '../error.ts'
import type { NewImage } from '../plan/budget.ts'
import type { Answer, Claim, InputImages, Intent, Journal, ReadyConnection } from '../ports.ts'
import { maxWaitMs } from './allowance.ts'
import { attemptedOf, replacedBy } from './attempted.ts'
import { type Limiter, stopped } from './limiter.ts'
import { Unreserved } from './reserving-journal.ts'

/** A request as it is sent. */
export interface Sending {
  readonly image: NewImage
  readonly images: InputImages | undefined
  readonly connection: ReadyConnection
  /** That of the connection's account. */
  readonly limiter: Limiter
  readonly journal: Journal
  /** The right to buy the image. */
  readonly claim: Claim
}

/** What asking came to. */
export type Asked =
  /** The attempt is on record until it is settled. */
  | { readonly kind: 'answered'; readonly answer: Told; readonly intent: Intent }
  /** No attempt is on record: none was made, or it is proven that nothing came of it. */
  | {
      readonly kind: 'unsent'
      readonly message: string
      /** Whether a budget does not hold it; others may be cheaper. */
      readonly isOverBudget?: true
    }

/** An answer that no repetition of the request follows. */
type Told = Exclude<Answer, { kind: 'busy' }>
type Busy = Answer & { readonly kind: 'busy' }

/**
 * A request is put off this often in all while no other one of its account gets through either. With waits that double
 * from 1 s, that takes more than a minute, after which every limit of requests a minute has let one pass.
 */
const maxAttempts = 7

/**
 * Sends a request when its turn comes, and repeats it only where the answer proves that nothing was made. Each attempt is
 * written down when its turn has come and before anything is sent, and struck out when it is put off: a process that is
 * killed leaves those on record alone that were under way. Where a request is put off for good, or for longer than a
 * minute, no other request of the account goes out either.
 */
export async function ask(request: Sending, stop: AbortSignal): Promise<Asked> {
  const { image, limiter, journal, claim } = request
  const never = new AbortController().signal
  const place = limiter.join()
  let message: string | undefined
  let attempts = 0
  let passed = limiter.passed()
  for (;;) {
    const turn = await limiter.turn(place, stop)
    if (turn.kind === 'ended') return { kind: 'unsent', message: message ?? turn.message }
    const intent = intentFor(image)
    try {
      await journal.begin(intent)
    } catch (cause) {
      if (cause instanceof Unreserved)
        return { kind: 'unsent', message: cause.message, isOverBudget: true }
      const reason = reasonOf(cause)
      return { kind: 'unsent', message: `the attempt could not be written down: ${reason}` }
    }
    const obstacle =
      (await obstacleOf(claim)) ?? (stop.aborted ? (message ?? stopped.message) : undefined)
    if (obstacle !== undefined) {
      await release(intent, journal)
      return { kind: 'unsent', message: obstacle }
    }
    const answer = await send(request, never)
    limiter.learn(turn.attempt, answer)
    if (answer.kind !== 'busy') return { kind: 'answered', answer, intent }
    await release(intent, journal)
    attempts = limiter.passed() === passed ? attempts + 1 : 1
    passed = limiter.passed()
    message = answer.message
    const end = endOf(answer, attempts)
    if (end !== undefined) {
      limiter.close(end)
      return { kind: 'unsent', message: end }
    }
    limiter.tellWait(message)
  }
}

function intentFor(image: NewImage): Intent {
  const { requestHash, request } = image
  return {
    id: randomUUID(),
    requestHash,
    provider: request.provider,
    ...attemptedOf(image),
    ...replacedBy(image),
  }
}

/** Why a request may not go out by the claim that it is made under. */
async function obstacleOf(claim: Claim): Promise<string | undefined> {
  try {
    const isOurs = await claim.begin()
    return isOurs ? undefined : 'it waited so long that another build may ask for it by now'
  } catch (cause) {
    return `other machines could not be told that it is asked for: ${reasonOf(cause)}`
  }
}

/** What cannot be struck out stays on record as unknown, which errs on the safe side. */
async function release(intent: Intent, journal: Journal): Promise<void> {
  await journal.settle(intent, { kind: 'released' }).catch(() => undefined)
}

/** Why a request is not sent again; nothing where it is. */
function endOf({ message, afterMs = 0 }: Busy, attempts: number): string | undefined {
  if (afterMs > maxWaitMs) {
    const wait = `it asks for a wait of ${Math.ceil(afterMs / 1000)} s`
    return `${message}; ${wait}, longer than the ${maxWaitMs / 1000} s that a build waits`
  }
  return attempts < maxAttempts ? undefined : message
}

/** A provider that throws where it should have answered leaves the fate of its request open. */
async function send({ image, images, connection }: Sending, signal: AbortSignal): Promise<Answer> {
  try {
    if (images === undefined) return known(await connection.generate(image.request, signal))
    if (connection.edit !== undefined)
      return known(await connection.edit(image.request, images, signal))
    const message = `\`${image.request.provider}\` takes no pictures; nothing was sent`
    return { kind: 'refused', scope: 'image', code: 'edit_unsupported', message }
  } catch (cause) {
    return { kind: 'unknown', message: `the provider failed: ${reasonOf(cause)}`, cause }
  }
}

const kinds: readonly string[] = ['image', 'busy', 'refused', 'unknown'] satisfies Answer['kind'][]

/** A provider in JavaScript may answer whatever it likes. */
function known(answer: Answer): Answer {
  if (kinds.includes(answer.kind)) return answer
  const message = `the provider answered the kind \`${answer.kind}\`, expected ${kinds.join(', ')}`
  return { kind: 'unknown', message }
}
