import type { Pace } from '../ports.ts'

const hour = 3_600_000
const minute = 60_000
const second = 1_000

/**
 * What the account may still send, by `x-ratelimit-{limit,remaining,reset}-requests` of a reply; the last one is a
 * duration such as `1s`, `6m0s`, `1.2s` or `120ms`. Answers nothing where one of the last two is missing or junk.
 */
export function paceOf(headers: Headers): Pace | undefined {
  const limit = countOf(headers.get('x-ratelimit-limit-requests'))
  const remaining = countOf(headers.get('x-ratelimit-remaining-requests'))
  const resetMs = durationMs(headers.get('x-ratelimit-reset-requests')?.trim() ?? '')
  if (remaining === undefined || resetMs === undefined) return undefined
  return { remaining, resetMs, ...(limit !== undefined && { limit }) }
}

function countOf(header: string | null): number | undefined {
  const text = header?.trim() ?? ''
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined
}

const amount = String.raw`(\d{1,9}(?:\.\d{1,9})?)`
const duration = new RegExp(
  `^(?=.)(?:${amount}h)?(?:${amount}m(?!s))?(?:${amount}s)?(?:${amount}ms)?$`,
)

function durationMs(text: string): number | undefined {
  const parts = duration.exec(text)
  if (parts === null) return undefined
  const [hours = 0, minutes = 0, seconds = 0, ms = 0] = parts
    .slice(1)
    .map((part) => Number(part ?? 0))
  return Math.ceil(hours * hour + minutes * minute + seconds * second + ms)
}
