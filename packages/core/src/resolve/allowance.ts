import type { Answer, Pace } from '../ports.ts'

/** A request that went out: how many had gone out with it, and after how many pauses. */
export interface Attempt {
  readonly number: number
  readonly pause: number
}

/** When an account may send its next request, by what its answers say. Times are milliseconds of one clock. */
export interface Allowance {
  /** How long the next request has to wait; nothing where it has to wait for an answer. */
  delayMs(now: number): number | undefined
  send(now: number): Attempt
  learn(now: number, attempt: Attempt, answer: Answer): void
}

/** Nobody waits longer than this for one turn. */
export const maxWaitMs = 60_000

/** Waits grow from here where the provider names no time. */
const firstWaitMs = 1_000
const windowMs = 60_000

/**
 * Lets requests go as fast as the account takes them. A request that is put off pauses all of them, for the time that
 * the provider asks for, else for 1 s, doubled each time until one gets through, at most 60 s; there is no jitter, since
 * one line serves the account and so nobody wakes together. After a pause of which it is not known how many requests may
 * follow, one goes first, and each that gets through lets one more be under way: two, four, eight by the round.
 *
 * @param imagesPerMinute Most requests within any minute, from 1; nothing where only the server knows.
 */
export function openAllowance(imagesPerMinute: number | undefined): Allowance {
  const perMinute = imagesPerMinute === undefined ? Infinity : Math.max(1, imagesPerMinute)
  const recent: number[] = []
  let sent = 0
  let pauses = 0
  let putOffs = 0
  let pausedUntil = -Infinity
  let quota = { left: Infinity, until: -Infinity }
  let start = { most: Infinity, underWay: 0 }

  const pause = (until: number, pace: Pace | undefined, isFresh: boolean): void => {
    pausedUntil = Math.max(pausedUntil, until)
    // What was under way when the pause began tells the same news again.
    if (!isFresh) return
    pauses += 1
    start = { most: pace === undefined ? 1 : Infinity, underWay: 0 }
  }

  const follow = (now: number, attempt: Attempt, { remaining, resetMs }: Pace): void => {
    // Whether the server had seen what went out since is not known.
    const left = remaining - (sent - attempt.number)
    quota = { left, until: now + Math.min(resetMs, maxWaitMs) }
  }

  return {
    delayMs: (now) => {
      if (start.underWay >= start.most) return undefined
      const oldest = recent.length < perMinute ? undefined : recent[0]
      const window = oldest === undefined ? 0 : oldest + windowMs - now
      const reset = quota.left > 0 ? 0 : quota.until - now
      return Math.max(0, pausedUntil - now, window, reset)
    },
    send: (now) => {
      if (now >= quota.until) quota = { left: Infinity, until: -Infinity }
      sent += 1
      quota.left -= 1
      start.underWay += 1
      if (perMinute !== Infinity) recent.push(now)
      if (recent.length > perMinute) recent.shift()
      return { number: sent, pause: pauses }
    },
    learn: (now, attempt, answer) => {
      const isFresh = attempt.pause === pauses
      if (isFresh) start.underWay -= 1
      if (answer.pace !== undefined) follow(now, attempt, answer.pace)
      if (answer.kind === 'busy') {
        if (isFresh) putOffs += 1
        const waitMs = answer.afterMs ?? (isFresh ? backoffMs(putOffs) : 0)
        pause(now + waitMs, answer.pace, isFresh)
      } else if (gotThrough(answer)) {
        putOffs = 0
        if (isFresh) start.most = answer.pace === undefined ? start.most + 1 : Infinity
      }
    },
  }
}

/** Whether the account's limits let a request pass, whatever became of it. */
export function gotThrough({ kind }: Answer): boolean {
  return kind === 'image' || kind === 'refused'
}

function backoffMs(putOffs: number): number {
  return Math.min(firstWaitMs * 2 ** (putOffs - 1), maxWaitMs)
}
