import { expect, test } from 'vitest'
import type { Answer } from '../../../packages/core/src/ports.ts'
import { openLimiter } from '../../../packages/core/src/resolve/limiter.ts'
import { type Limit, idealMs, limitInWords, meterOf, tellingOf } from '../../support/meter.ts'
import { virtualClock } from '../../support/virtual-clock.ts'

interface Case {
  readonly limit: Limit
  readonly concurrency: number
  readonly imagesPerMinute?: number
  readonly tookMs?: number
}

const count = 200
const never = new AbortController().signal

const window = { kind: 'fixed-window', requests: 50, perMs: 60_000 } as const
const bucket = { ...window, kind: 'token-bucket' } as const
const telling = ['seconds', 'milliseconds', 'all'] as const

const cases: readonly Case[] = [
  ...[4, 16, 50].flatMap((concurrency): readonly Case[] => [
    ...telling.map((tells) => ({ limit: { ...window, tells }, concurrency })),
    ...telling.map((tells) => ({ limit: { ...bucket, tells }, concurrency })),
    { limit: { ...window, tells: 'nothing' }, concurrency, imagesPerMinute: 50 },
    { limit: { ...bucket, tells: 'nothing' }, concurrency },
  ]),
  // By backing off alone.
  { limit: { ...window, tells: 'nothing' }, concurrency: 4 },
  { limit: { ...window, tells: 'nothing' }, concurrency: 16 },
  // Pictures that take as long as those of today's models.
  ...telling.map((tells) => ({
    limit: { ...bucket, tells },
    concurrency: 64,
    tookMs: 40_000,
  })),
  // The least that accounts are let.
  ...telling.map((tells) => ({
    limit: { ...bucket, requests: 5, tells },
    concurrency: 16,
    tookMs: 40_000,
  })),
  ...telling.map((tells) => ({
    limit: { ...window, requests: 5, tells },
    concurrency: 16,
    tookMs: 40_000,
  })),
  // A bucket that holds little, and one that fills fast.
  ...telling.map((tells) => ({
    limit: { ...bucket, requests: 5, perMs: 6_000, tells },
    concurrency: 16,
  })),
  ...telling.map((tells) => ({
    limit: { ...bucket, requests: 20, perMs: 3_000, tells },
    concurrency: 64,
  })),
]

test.for(cases.map((one) => [titleOf(one), one] as const))(
  '200 pictures go out within 1.05 of the ideal schedule: %s',
  async ([, one]) => {
    const { limit, concurrency, tookMs = 2_000 } = one
    const { elapsedMs, putOff } = await make(one)
    const ideal = idealMs(limit, { count, tookMs, concurrency })
    expect(elapsedMs / ideal).toBeLessThan(1.05)
    // All that are under way at first, then a tenth, or two where a window that few fit into is full.
    const windows = limit.kind === 'fixed-window' ? count / limit.requests : 0
    expect(putOff).toBeLessThan(concurrency + Math.max(count / 10, 2 * windows))
  },
)

function titleOf({ limit, concurrency, imagesPerMinute, tookMs = 2_000 }: Case): string {
  const known = imagesPerMinute === undefined ? '' : `, ${imagesPerMinute} a minute configured`
  return `${limitInWords(limit)}${known}; ${concurrency} at once, ${tookMs / 1_000} s each`
}

/** Makes them with as many hands at once; each request and each refusal is 5 to 200 ms on its way. */
async function make({ limit, concurrency, imagesPerMinute, tookMs = 2_000 }: Case): Promise<{
  readonly elapsedMs: number
  readonly putOff: number
}> {
  const clock = virtualClock()
  const limiter = openLimiter({ clock }, imagesPerMinute)
  const meter = meterOf(limit)
  let sent = 0
  let putOff = 0
  const send = async (): Promise<Answer> => {
    sent += 1
    const wayMs = 5 + ((sent * 7_919) % 196)
    await clock.wait(wayMs, never)
    const found = meter(clock.elapsed())
    const { pace, afterMs } = tellingOf(limit, found)
    await clock.wait(found.isWithin ? tookMs : wayMs, never)
    if (found.isWithin) return { kind: 'image', bytes: new Uint8Array(), ...pace }
    putOff += 1
    return { kind: 'busy', message: 'later', ...afterMs, ...pace }
  }
  let left = count
  const hand = async (): Promise<void> => {
    while (left > 0) {
      left -= 1
      const place = limiter.join()
      for (let isMade = false; !isMade;) {
        const turn = await limiter.turn(place, never)
        if (turn.kind === 'ended') throw new Error(turn.message)
        const answer = await send()
        limiter.learn(turn.attempt, answer)
        isMade = answer.kind !== 'busy'
      }
    }
  }
  await clock.until(Promise.all(Array.from({ length: concurrency }, hand)))
  return { elapsedMs: clock.elapsed(), putOff }
}
