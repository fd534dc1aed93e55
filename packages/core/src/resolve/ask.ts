import { reasonOf } from '../error.ts'
import type { NewImage } from '../plan/budget.ts'
import type { Answer, Clock, InputImages, ReadyConnection } from '../ports.ts'

/** A request as it is sent. */
export interface Sending {
  readonly image: NewImage
  readonly images: InputImages | undefined
  readonly connection: ReadyConnection
}

/** What asking needs of the world. */
export interface AskPorts {
  readonly clock: Clock
  readonly stop: AbortSignal
}

/** Requests that a provider puts off are sent this often in all. */
const maxAttempts = 6

/** Waits grow from here where the provider names no time; nobody waits longer than the cap. */
const firstWaitMs = 1_000
const maxWaitMs = 60_000

/** Repeats a request only where the answer proves that nothing was made. */
export async function ask(request: Sending, ports: AskPorts): Promise<Answer> {
  const never = new AbortController().signal
  for (let attempt = 1; ; attempt++) {
    const answer = await send(request, never)
    if (answer.kind !== 'busy' || attempt === maxAttempts || ports.stop.aborted) return answer
    const waitMs = answer.afterMs ?? Math.min(firstWaitMs * 2 ** (attempt - 1), maxWaitMs)
    if (waitMs > maxWaitMs) return answer
    try {
      await ports.clock.wait(waitMs, ports.stop)
    } catch {
      // The wait ends early only by the stop signal, and nothing is under way.
      return answer
    }
  }
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
