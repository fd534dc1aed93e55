import { ImpromptError } from '../../error.ts'
import type { Clock, Found, Remote, RemoteTier } from '../../ports.ts'
import { Refusal } from '../remote/refusal.ts'

/** How long what does not answer is left alone. */
const restMs = 60_000

/**
 * A remote that is not read for a minute after it failed to answer: who asks for hundreds of pictures would wait for each,
 * and who writes a page for each of its versions. What is written is tried in any case, as it was paid for.
 */
export function restingRemote(remote: Remote, clock: Clock): Remote {
  return {
    ...remote,
    connect: (environment) => restingTier(remote.name, remote.connect(environment), clock),
  }
}

function restingTier(name: string, tier: RemoteTier, clock: Clock): RemoteTier {
  let silence: { readonly untilMs: number; readonly cause: unknown } | undefined
  const read = async <Value>(ask: () => Promise<Found<Value>>): Promise<Found<Value>> => {
    if (silence !== undefined && clock.elapsed() < silence.untilMs)
      return { kind: 'unknown', path: name, cause: silence.cause }
    const found = await ask()
    const isSilent = found.kind === 'unknown' && saysNothing(found.cause)
    silence = isSilent ? { untilMs: clock.elapsed() + restMs, cause: found.cause } : undefined
    return found
  }
  return {
    ...tier,
    get: (object, maxBytes) => read(() => tier.get(object, maxBytes)),
    has: (object) => read(() => tier.has(object)),
  }
}

/** A refusal is told at once, and is of one object; so is what the configuration lacks. */
function saysNothing(cause: unknown): boolean {
  if (cause instanceof Refusal) return cause.status >= 500 && cause.status !== 501
  return !(cause instanceof ImpromptError)
}
