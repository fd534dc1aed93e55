import type { Pace } from '../../packages/core/src/ports.ts'

/** How many requests an account may send, and what its server tells of it. Times are milliseconds of the server's clock. */
export interface Limit {
  readonly kind: 'fixed-window' | 'token-bucket'
  /** Requests in a window; what the bucket holds. */
  readonly requests: number
  /** Length of the window; how long an empty bucket takes to fill. */
  readonly perMs: number
  /** How long to wait with each 429, in whole seconds or in milliseconds; with `all`, also what is left with each reply. */
  readonly tells: 'seconds' | 'milliseconds' | 'all' | 'nothing'
}

/** The rule and what is told of it, for a title. */
export function limitInWords({ kind, requests, perMs, tells }: Limit): string {
  return `${requests} in ${perMs / 1_000} s by ${kind}, tells ${tells}`
}

/** What a server finds of one more request. */
export interface Metered {
  readonly isWithin: boolean
  readonly left: number
  readonly resetMs: number
  /** How long until it would be within; 0 where it is. */
  readonly retryMs: number
}

/** Takes a request at a time. */
export type Meter = (now: number) => Metered

/** Counts as a server does: in windows from the first request on, or by a bucket that is full at first. */
export function meterOf(limit: Limit): Meter {
  return limit.kind === 'fixed-window' ? windowOf(limit) : bucketOf(limit)
}

function windowOf({ requests, perMs }: Limit): Meter {
  let start: number | undefined
  let taken = 0
  return (now) => {
    start ??= now
    while (now >= start + perMs) {
      start += perMs
      taken = 0
    }
    const isWithin = taken < requests
    if (isWithin) taken += 1
    const resetMs = start + perMs - now
    return { isWithin, left: requests - taken, resetMs, retryMs: isWithin ? 0 : resetMs }
  }
}

function bucketOf({ requests, perMs }: Limit): Meter {
  const tokenMs = perMs / requests
  let level = requests
  let last: number | undefined
  return (now) => {
    level = Math.min(requests, level + (now - (last ?? now)) / tokenMs)
    last = now
    // Of a sum of fractions that should be 1.
    const isWithin = level >= 1 - 1e-9
    if (isWithin) level -= 1
    const retryMs = isWithin ? 0 : (1 - level) * tokenMs
    return { isWithin, left: Math.floor(level), resetMs: (requests - level) * tokenMs, retryMs }
  }
}

/** What the server tells of it, as the limiter gets to see it. */
export function tellingOf(
  { tells, requests }: Limit,
  { left, resetMs, retryMs }: Metered,
): { readonly pace?: { readonly pace: Pace }; readonly afterMs?: { readonly afterMs: number } } {
  const pace = { remaining: left, resetMs: Math.ceil(resetMs), limit: requests }
  switch (tells) {
    case 'nothing':
      return {}
    case 'seconds':
      return { afterMs: { afterMs: Math.ceil(retryMs / 1_000) * 1_000 } }
    case 'milliseconds':
      return { afterMs: { afterMs: Math.ceil(retryMs) } }
    case 'all':
      return { pace: { pace }, afterMs: { afterMs: Math.ceil(retryMs / 1_000) * 1_000 } }
  }
}

/** How much is to be made. */
export interface Work {
  readonly count: number
  readonly tookMs: number
  /** Requests under way at once. */
  readonly concurrency: number
}

/**
 * The soonest that all of it can be made, by the server's own rule and by nobody's word: each request goes out as soon as
 * one of the others is done and the server takes it, every answer comes when it is made, and nothing else takes time.
 * 50 a minute by windows are 50 requests at 0, 60, 120 and 180 s; by a bucket, 50 at 0 s and one every 1.2 s.
 */
export function idealMs(
  { kind, requests, perMs }: Limit,
  { count, tookMs, concurrency }: Work,
): number {
  const free = Array.from({ length: concurrency }, () => 0)
  for (let index = 0; index < count; index += 1) {
    const hand = free.indexOf(Math.min(...free))
    const allowed =
      kind === 'fixed-window'
        ? Math.floor(index / requests) * perMs
        : (Math.max(0, index + 1 - requests) * perMs) / requests
    free[hand] = Math.max(free[hand] ?? 0, allowed) + tookMs
  }
  return Math.max(...free)
}
