import { describePlace } from '../place.ts'
import type { PlannedImage } from '../plan/plan.ts'
import type { ClaimName, Claims, Clock, Occupant } from '../ports.ts'
import { count } from '../wording.ts'

/** Whom to tell what is waited for. */
export interface Telling {
  readonly clock: Clock
  /** Told a line; nobody is where it is left out. */
  readonly tell?: (line: string) => void
}

/** What is going to be claimed. */
type Claimed = Pick<PlannedImage, 'requestHash' | 'places'>

/** So long nobody is told that something is waited for. */
export const patienceMs = 2000

/** As many places of pictures are named in a line. */
const maxNamed = 3

/**
 * Claims that tell what is waited for, by whom it is held and since when, once that takes more than a moment: a line for
 * all that one build holds at that time, and of each picture once.
 * @param images What is going to be claimed, as far as it is known.
 */
export function toldClaims(
  claims: Claims,
  images: readonly Claimed[],
  { clock, tell }: Telling,
): Claims {
  if (tell === undefined) return claims
  const waiting = new Map<ClaimName, Occupant>()
  const told = new Set<ClaimName>()
  let alarm: AbortController | undefined
  const ring = async ({ signal }: AbortController): Promise<void> => {
    await clock.wait(patienceMs, signal)
    alarm = undefined
    const untold = [...waiting].filter(([name]) => !told.has(name))
    for (const [name] of untold) told.add(name)
    for (const [holder, held] of Map.groupBy(untold, ([, occupant]) => holderOf(occupant)))
      tell(`Waiting for ${holder}, which has been ${workOf(held, images)}`)
  }
  const notice = (name: ClaimName, occupant: Occupant): void => {
    waiting.set(name, occupant)
    if (told.has(name) || alarm !== undefined) return
    alarm = new AbortController()
    ring(alarm).catch(() => undefined)
  }
  return {
    ...claims,
    claim: async (name, signal, waits) => {
      try {
        return await claims.claim(name, signal, (occupant) => {
          notice(name, occupant)
          waits?.(occupant)
        })
      } finally {
        waiting.delete(name)
        if (waiting.size === 0) {
          alarm?.abort()
          alarm = undefined
        }
      }
    },
  }
}

function holderOf({ host, pid }: Occupant): string {
  if (pid === undefined) return 'another build'
  return host === undefined ? `process ${pid}` : `process ${pid} on \`${host}\``
}

function workOf(
  held: readonly (readonly [ClaimName, Occupant])[],
  images: readonly Claimed[],
): string {
  const earliest = Math.min(...held.map(([, { since }]) => since.getTime()))
  const since = new Date(earliest).toISOString().replace(/\.\d+/, '')
  const names = new Set(held.map(([name]) => name))
  if (names.has('batches')) return `handing batches in since ${since}`
  const places = images.flatMap(({ requestHash, places: [place] }) =>
    names.has(requestHash) && place !== undefined ? [describePlace(place)] : [],
  )
  const named = places.length === 0 ? '' : `: ${listed(places)}`
  return `buying ${count(held.length, 'picture')} of this build since ${since}${named}`
}

function listed(places: readonly string[]): string {
  const rest = places.length - maxNamed
  const named = places.slice(0, maxNamed).join(', ')
  return rest > 0 ? `${named} and ${rest} more` : named
}
