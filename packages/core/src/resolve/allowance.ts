import type { Answer, Pace } from '../ports.ts'
import { openSpacing } from './spacing.ts'

/** A request that went out: when, how many had gone out with it, and after how many pauses. */
export interface Attempt {
  readonly number: number
  readonly pause: number
  readonly sentAt: number
}

/** When an account may send its next request, by what its answers say. Times are milliseconds of one clock. */
export interface Allowance {
  /** How long the next request has to wait. */
  delayMs(now: number): number
  send(now: number): Attempt
  learn(now: number, attempt: Attempt, answer: Answer): void
}

/** Nobody waits longer than this for one turn. */
export const maxWaitMs = 60_000

/** Waits grow from here where the provider names no time. */
const firstWaitMs = 1_000
const windowMs = 60_000
/** A server counts a request when it arrives: one that is sent later may arrive so much earlier. */
const arrivalMs = 500

/**
 * Lets requests go as fast as the account takes them. A request that is put off pauses all of them, for the time that
 * the provider asks for, else for 1 s; where none got through since the last pause, for 2 s at least, doubled each time,
 * at most 60 s. There is no jitter, since one line serves the account and so nobody wakes together. How they follow one
 * another after a pause, see `openSpacing`; what the headers of an answer allow, see `opensAt`.
 *
 * @param imagesPerMinute Most requests within any minute, whole ones and from 1; nothing where only the server knows.
 */
export function openAllowance(imagesPerMinute: number | undefined): Allowance {
  const perMinute =
    imagesPerMinute === undefined ? Infinity : Math.max(1, Math.floor(imagesPerMinute))
  const recent: number[] = []
  const spacing = openSpacing()
  let sent = 0
  let pauses = 0
  let sentBefore = 0
  let putOffs = 0
  let pausedUntil = -Infinity
  let word: Word | undefined

  const windowOpensAt = (): number => {
    const oldest = recent.length < perMinute ? undefined : recent[0]
    return oldest === undefined ? -Infinity : oldest + windowMs + arrivalMs
  }

  const putOff = (now: number, attempt: Attempt, { afterMs, pace }: Busy): void => {
    const isNews = attempt.pause === pauses
    if (attempt.pause === pauses - 1) spacing.putOffToo()
    // What was under way when the pause began tells the same news again.
    if (isNews) putOffs = attempt.number === sentBefore + 1 ? putOffs + 1 : 1
    const waitMs = Math.max(afterMs ?? resetOf(pace), isNews ? backoffMs(putOffs) : 0)
    pausedUntil = Math.max(pausedUntil, now + waitMs)
    if (!isNews) return
    spacing.pause(now, waitMs)
    pauses += 1
    sentBefore = sent
  }

  return {
    delayMs: (now) => {
      const wordOpensAt = word === undefined ? -Infinity : opensAt(word, sent)
      const opens = Math.max(pausedUntil, windowOpensAt(), wordOpensAt, spacing.opensAt())
      return Math.max(0, opens - now)
    },
    send: (now) => {
      sent += 1
      spacing.send(now)
      if (perMinute !== Infinity) recent.push(now)
      if (recent.length > perMinute) recent.shift()
      return { number: sent, pause: pauses, sentAt: now }
    },
    learn: (now, attempt, answer) => {
      const { pace } = answer
      if (pace !== undefined && attempt.number > (word?.attempt.number ?? 0))
        word = { pace, attempt }
      if (answer.kind === 'busy') putOff(now, attempt, answer)
    },
  }
}

type Busy = Answer & { readonly kind: 'busy' }

/** What the server said with the answer to the latest request of which it said anything. */
interface Word {
  readonly pace: Pace
  readonly attempt: Attempt
}

/**
 * When the next request may go, by the server's word. Where nothing is left, that is when a request's share of the reset
 * is over, as a bucket fills evenly; a server that counts by windows then puts off one request in each window. Where
 * shares cannot be told, it is when all of the reset is over. Both count from when the request was sent that the word
 * came for.
 */
function opensAt({ pace, attempt }: Word, sent: number): number {
  const { remaining, resetMs, limit = 0 } = pace
  const left = remaining - (sent - attempt.number)
  if (left > 0) return -Infinity
  const shareMs = limit > remaining ? resetMs / (limit - remaining) : resetMs
  const waitMs = Math.min((1 - left) * shareMs, resetMs) + arrivalMs
  return attempt.sentAt + Math.min(waitMs, maxWaitMs)
}

/** What a request that is put off without a time waits for, where the server says that nothing is left. */
function resetOf(pace: Pace | undefined): number {
  if (pace?.remaining !== 0) return firstWaitMs
  return Math.min(pace.resetMs, maxWaitMs)
}

function backoffMs(putOffs: number): number {
  return putOffs === 1 ? 0 : Math.min(firstWaitMs * 2 ** (putOffs - 1), maxWaitMs)
}
