/** Images a minute, as the API counts and tells of them. */

import type { ServerResponse } from 'node:http'

import { type Limit, meterOf } from '../meter.ts'
import type { Refusal } from './refusal.ts'

export interface RateLimit {
  readonly imagesPerMinute: number
  /** How they are counted. */
  readonly kind: Limit['kind']
  /** Milliseconds of any clock. */
  readonly now: () => number
}

/** Tells of the limit in the reply's headers, and refuses a request that is beyond it. */
export type RateLimiter = (response: ServerResponse) => Refusal | undefined

export function rateLimiterOf({ imagesPerMinute: most, kind, now }: RateLimit): RateLimiter {
  const meter = meterOf({ kind, requests: most, perMs: 60_000, tells: 'all' })
  return (response) => {
    const { isWithin, left, resetMs, retryMs } = meter(now())
    response.setHeader('x-ratelimit-limit-requests', most)
    response.setHeader('x-ratelimit-remaining-requests', left)
    response.setHeader('x-ratelimit-reset-requests', durationOf(Math.ceil(resetMs)))
    if (isWithin) return undefined
    return {
      status: 429,
      headers: { 'retry-after': String(Math.ceil(retryMs / 1_000)) },
      error: {
        message: `Rate limit reached for images per minute: Limit: ${most}/1min, Current: ${most + 1}/1min.`,
        type: 'requests',
        param: null,
        code: 'rate_limit_exceeded',
      },
    }
  }
}

/** In the API's words: `1m0s`, `15s`, `1.2s`, `120ms`. */
function durationOf(ms: number): string {
  if (ms < 1_000) return `${ms}ms`
  const seconds = ms / 1_000
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${(ms % 60_000) / 1_000}s`
}
