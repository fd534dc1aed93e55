import { printable, withoutStop } from '../wording.ts'
import { patienceMs, type Telling } from './told-claims.ts'

/** Told why requests are put off, and how long they wait. */
export type WaitTeller = (reason: string, waitMs: number) => void

/**
 * Tells of waits that take more than a moment. The same reason is told again only where the wait is longer than before, as
 * a limit of requests a minute puts one off every few seconds.
 */
export function waitTeller(tell: Telling['tell']): WaitTeller {
  const longest = new Map<string, number>()
  return (reason, waitMs) => {
    // Replies count, and number themselves.
    const sort = reason.replaceAll(/[\w-]*\d[\w-]*/g, '')
    // A moment of each wait is over before it is told.
    const seconds = Math.round(waitMs / 1000)
    if (seconds * 1000 < patienceMs || seconds <= (longest.get(sort) ?? 0)) return
    longest.set(sort, seconds)
    tell?.(printable(`${withoutStop(reason)}. Asking again in ${seconds} s`))
  }
}
