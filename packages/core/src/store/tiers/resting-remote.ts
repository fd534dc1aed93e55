import { ImpromptError } from '../../error.ts'
import type { Clock, Found, Remote, RemoteTier } from '../../ports.ts'
import { Refusal } from '../remote/refusal.ts'

/** How long what does not answer is left alone. */
const restMs = 60_000

/** So many objects in a row that are not answered for speak of the tier: one may hang for itself. */
const mostInARow = 3

/**
 * A remote whose objects are not read for a minute after it failed to answer for them, and it as a whole where it failed to
 * for three in a row: who asks for hundreds of pictures would wait for each, and who writes a page for each of its versions.
 * What is written is tried in any case, as it was paid for.
 */
export function restingRemote(remote: Remote, clock: Clock): Remote {
  return {
    ...remote,
    connect: (environment) => restingTier(remote.name, remote.connect(environment), clock),
  }
}

/** An object, or a tier, that failed to answer. */
interface Silence {
  readonly untilMs: number
  readonly told: Unknown
}

type Unknown = Found<unknown> & { readonly kind: 'unknown' }

function restingTier(name: string, tier: RemoteTier, clock: Clock): RemoteTier {
  const objects = new Map<string, Silence>()
  const inARow = new Set<string>()
  let whole: Silence | undefined
  const restOf = (object: string): Unknown | undefined => {
    const silences = [whole, objects.get(object)]
    return silences.find((one) => one !== undefined && clock.elapsed() < one.untilMs)?.told
  }
  const rest = (object: string, told: Unknown): void => {
    const nowMs = clock.elapsed()
    for (const [one, { untilMs }] of objects) if (untilMs <= nowMs) objects.delete(one)
    objects.set(object, { untilMs: nowMs + restMs, told })
    inARow.add(object)
    if (inARow.size < mostInARow) return
    whole = { untilMs: nowMs + restMs, told: { kind: 'unknown', path: name, cause: told.cause } }
  }
  const read = async <Value>(
    object: string,
    ask: () => Promise<Found<Value>>,
  ): Promise<Found<Value>> => {
    const resting = restOf(object)
    if (resting !== undefined) return resting
    const found = await ask()
    if (found.kind === 'unknown' && saysNothing(found.cause)) rest(object, found)
    else {
      objects.delete(object)
      inARow.clear()
      whole = undefined
    }
    return found
  }
  return {
    ...tier,
    get: (object, maxBytes) => read(object, () => tier.get(object, maxBytes)),
    has: (object) => read(object, () => tier.has(object)),
  }
}

/** A refusal is told at once, and is of one object; so is what the configuration lacks. */
function saysNothing(cause: unknown): boolean {
  if (cause instanceof Refusal) return cause.status >= 500 && cause.status !== 501
  return !(cause instanceof ImpromptError)
}
