import { reasonOf } from '../error.ts'
import type { NewImage } from '../plan/budget.ts'
import type { Answer, InputImages, ReadyConnection } from '../ports.ts'
import { maxWaitMs } from './allowance.ts'
import type { Limiter } from './limiter.ts'

/** A request as it is sent. */
export interface Sending {
  readonly image: NewImage
  readonly images: InputImages | undefined
  readonly connection: ReadyConnection
  /** That of the connection's account. */
  readonly limiter: Limiter
}

/** A request is put off this often in all while no other one of its account gets through either. */
const maxAttempts = 6

/**
 * Sends a request when its turn comes, and repeats it only where the answer proves that nothing was made. Where it is put
 * off for good, or for longer than a minute, no other request of the account goes out either.
 */
export async function ask(request: Sending, stop: AbortSignal): Promise<Answer> {
  const { limiter } = request
  const never = new AbortController().signal
  const place = limiter.join()
  let answer: Answer | undefined
  let attempts = 0
  let passed = limiter.passed()
  for (;;) {
    const turn = await limiter.turn(place, stop)
    if (turn.kind === 'ended') return answer ?? { kind: 'busy', message: turn.message }
    answer = await send(request, never)
    limiter.learn(turn.attempt, answer)
    if (answer.kind !== 'busy') return answer
    attempts = limiter.passed() === passed ? attempts + 1 : 1
    passed = limiter.passed()
    const end = endOf(answer, attempts)
    if (end === undefined) continue
    limiter.close(end.message)
    return end
  }
}

type Busy = Answer & { readonly kind: 'busy' }

/** What a request that is not sent again comes to. */
function endOf(answer: Busy, attempts: number): Busy | undefined {
  const { message, afterMs = 0 } = answer
  if (afterMs > maxWaitMs) {
    const wait = `it asks for a wait of ${Math.ceil(afterMs / 1000)} s`
    return {
      ...answer,
      message: `${message}; ${wait}, longer than the ${maxWaitMs / 1000} s that a build waits`,
    }
  }
  return attempts < maxAttempts ? undefined : answer
}

/** A provider that throws where it should have answered leaves the fate of its request open. */
async function send({ image, images, connection }: Sending, signal: AbortSignal): Promise<Answer> {
  try {
    if (images === undefined) return await connection.generate(image.request, signal)
    if (connection.edit !== undefined) return await connection.edit(image.request, images, signal)
    const message = `\`${image.request.provider}\` takes no pictures; nothing was sent`
    return { kind: 'refused', scope: 'image', code: 'edit_unsupported', message }
  } catch (cause) {
    return { kind: 'unknown', message: `the provider failed: ${reasonOf(cause)}`, cause }
  }
}
