/** How requests follow one another once some were put off. Times are milliseconds of one clock. */
export interface Spacing {
  /** When the next request may go; in the past where nothing keeps it. */
  opensAt(): number
  send(now: number): void
  /** A pause begins, as one of the requests sent since the last one was put off. */
  pause(now: number, waitMs: number): void
  /** One more was put off of those sent before the pause. */
  putOffToo(): void
}

/** A refusal takes no longer, as a rule: what was not put off by then got through. */
const trialMs = 500
/** A wait in whole seconds may be one too long. */
const shortMs = 2_000
/** How much longer than a share, as it is measured, a bucket that fills keeps closed. */
const tolerance = 1.5
/** A share is measured at so many requests, where there are as many. */
const enough = 20
const slowDown = 1.1
const speedUp = 0.99

/**
 * After a pause one request goes first, and every 500 ms twice as many follow, unless one is put off. That is all where
 * the server was closed for long, as one that counts by windows is. One that is closed no longer than a request's share
 * of the time lets them through one by one, as a bucket that fills does: they go evenly, a tenth slower than their share,
 * and with each request a hundredth faster. So about one in ten is put off, and nothing that the bucket holds is left
 * unused.
 *
 * The share is the time between two pauses by the requests that got through in it and one more, which the bucket may
 * have held: it is never too long, as nobody would tell of that, and the first refusal tells that it is too short.
 */
export function openSpacing(): Spacing {
  let sent = 0
  let firstAt = -Infinity
  let lastAt = -Infinity
  let gapMs = 0
  let last: { readonly at: number; readonly waitMs: number; passed: number } | undefined
  let measured: { readonly since: number; readonly passed: number } | undefined
  let shareMs = 0
  let closedMs = 0

  const gapAfter = ({ at, waitMs, passed }: NonNullable<typeof last>): number => {
    closedMs = passed > 0 ? waitMs : closedMs + waitMs
    if (measured === undefined) {
      measured = { since: at, passed: 0 }
      return 0
    }
    const all = measured.passed + passed
    if (passed > 0) shareMs = (at - measured.since) / (all + 1)
    measured = all < enough ? { ...measured, passed: all } : { since: at, passed: 0 }
    return closedMs <= Math.max(shortMs, tolerance * shareMs) ? slowDown * shareMs : 0
  }

  return {
    opensAt: () => {
      if (sent === 0 || last === undefined) return -Infinity
      return Math.max(firstAt + trialMs * Math.floor(Math.log2(sent + 1)), lastAt + gapMs)
    },
    send: (now) => {
      if (sent === 0 && last !== undefined) gapMs = gapAfter(last)
      if (sent === 0) firstAt = now
      else gapMs *= speedUp
      sent += 1
      lastAt = now
    },
    pause: (now, waitMs) => {
      last = { at: now, waitMs, passed: sent - 1 }
      sent = 0
    },
    putOffToo: () => {
      if (last !== undefined) last.passed -= 1
    },
  }
}
