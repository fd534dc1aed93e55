import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Answer, Connection } from '../../../packages/core/src/ports.ts'
import {
  type Limiter,
  limitersOf,
  openLimiter,
} from '../../../packages/core/src/resolve/limiter.ts'
import { type VirtualClock, virtualClock } from '../../support/virtual-clock.ts'

const never = new AbortController().signal
const picture: Answer = { kind: 'image', bytes: new Uint8Array() }

interface Sent {
  readonly place: number
  readonly at: number
}

/** Sends `count` requests side by side, each until it is not put off any more; answers when each went out. */
async function sendAll(
  count: number,
  { clock, limiter }: { readonly clock: VirtualClock; readonly limiter: Limiter },
  answerTo: (sent: Sent, number: number) => Answer,
  tookMs = 2_000,
): Promise<readonly Sent[]> {
  const log: Sent[] = []
  const sendOne = async (): Promise<void> => {
    const place = limiter.join()
    for (;;) {
      const turn = await limiter.turn(place, never)
      if (turn.kind === 'ended') return
      const sent = { place, at: clock.elapsed() }
      log.push(sent)
      const answer = answerTo(sent, log.length)
      if (answer.kind !== 'busy') await clock.wait(tookMs, never)
      limiter.learn(turn.attempt, answer)
      if (answer.kind !== 'busy') return
    }
  }
  await clock.until(Promise.all(Array.from({ length: count }, sendOne)))
  return log
}

function open(imagesPerMinute?: number): {
  readonly clock: VirtualClock
  readonly limiter: Limiter
} {
  const clock = virtualClock()
  return { clock, limiter: openLimiter({ clock }, imagesPerMinute) }
}

const timesOf = (log: readonly Sent[]): readonly number[] => log.map(({ at }) => at)

describe('an account', () => {
  test('sends all at once where nothing limits it', async () => {
    expect(timesOf(await sendAll(5, open(), () => picture))).toEqual([0, 0, 0, 0, 0])
  })

  test('sends no more within any minute than is configured', async () => {
    const times = timesOf(await sendAll(5, open(2), () => picture))
    expect(times).toEqual([0, 0, 60_500, 60_500, 121_000])
  })

  test.for([
    [2.5, [0, 0, 60_500]],
    [0.5, [0, 60_500, 121_000]],
  ] as const)('takes a rate of %d for whole requests, one at least', async ([rate, expected]) => {
    expect(timesOf(await sendAll(3, open(rate), () => picture))).toEqual(expected)
  })

  test('pauses as a whole, then sends one, and twice as many each half second', async () => {
    const log = await sendAll(8, open(), ({ at }) =>
      at === 0 ? { kind: 'busy', message: 'later', afterMs: 10_000 } : picture,
    )
    expect(timesOf(log).slice(8)).toEqual([
      10_000, 10_500, 10_500, 11_000, 11_000, 11_000, 11_000, 11_500,
    ])
  })

  test('waits for the reset where its server takes no more', async () => {
    const pace = { remaining: 0, resetMs: 30_000 }
    const shared = open()
    await sendAll(1, shared, () => ({ ...picture, pace }))
    expect(timesOf(await sendAll(2, shared, () => picture))).toEqual([30_500, 30_500])
  })

  test('waits for a share of the reset each where its server tells the limit', async () => {
    const pace = { remaining: 0, resetMs: 30_000, limit: 10 }
    const shared = open()
    await sendAll(1, shared, () => ({ ...picture, pace }))
    expect(timesOf(await sendAll(3, shared, () => picture))).toEqual([3_500, 6_500, 9_500])
  })

  test('sends as many before the reset as its server still takes', async () => {
    const shared = open()
    await sendAll(1, shared, () => ({ ...picture, pace: { remaining: 2, resetMs: 30_000 } }))
    expect(timesOf(await sendAll(4, shared, () => picture))).toEqual([2_000, 2_000, 30_500, 30_500])
  })

  test('waits no longer than a minute for a reset', async () => {
    const shared = open()
    await sendAll(1, shared, () => ({ ...picture, pace: { remaining: 0, resetMs: 3_600_000 } }))
    expect(timesOf(await sendAll(1, shared, () => picture))).toEqual([60_000])
  })

  test('waits for the reset where it is put off without a time', async () => {
    const pace = { remaining: 0, resetMs: 20_000 }
    const log = await sendAll(1, open(), ({ at }) =>
      at === 0 ? { kind: 'busy', message: 'later', pace } : picture,
    )
    expect(timesOf(log)).toEqual([0, 20_500])
  })

  test('goes by the word on its latest request, whatever arrives last', async () => {
    const { clock, limiter } = open()
    const [first, second] = await Promise.all([
      limiter.turn(limiter.join(), never),
      limiter.turn(limiter.join(), never),
    ])
    if (first.kind !== 'go' || second.kind !== 'go') throw new Error('no turn')
    limiter.learn(second.attempt, { ...picture, pace: { remaining: 0, resetMs: 9_500 } })
    limiter.learn(first.attempt, { ...picture, pace: { remaining: 5, resetMs: 9_500 } })
    await clock.until(limiter.turn(limiter.join(), never))
    expect(clock.elapsed()).toBe(10_000)
  })

  test('waits at least twice as long each time that nothing gets through', async () => {
    const log = await sendAll(1, open(), (_sent, number) =>
      number <= 4 ? { kind: 'busy', message: 'later', afterMs: 3_000 } : picture,
    )
    expect(timesOf(log)).toEqual([0, 3_000, 6_000, 10_000, 18_000])
  })

  test('counts one pause where several requests under way are put off', async () => {
    const log = await sendAll(4, open(), ({ at }) =>
      at === 0 ? { kind: 'busy', message: 'later' } : picture,
    )
    expect(timesOf(log)).toContain(1_000)
    expect(Math.min(...timesOf(log).filter((at) => at > 0))).toBe(1_000)
  })
})

describe('the line', () => {
  test('ends at once when it is stopped', async () => {
    const { clock, limiter } = open(1)
    const stop = new AbortController()
    await limiter.turn(limiter.join(), stop.signal)
    const turn = limiter.turn(limiter.join(), stop.signal)
    stop.abort()
    expect(await turn).toMatchObject({ kind: 'ended' })
    expect(clock.elapsed()).toBe(0)
  })

  test('lets nobody pass after a refusal of the whole run', async () => {
    const { limiter } = open(1)
    const first = await limiter.turn(limiter.join(), never)
    const second = limiter.turn(limiter.join(), never)
    if (first.kind !== 'go') throw new Error('no turn')
    limiter.learn(first.attempt, {
      kind: 'refused',
      scope: 'run',
      code: 'insufficient_quota',
      message: 'no credit',
    })
    const ended = { kind: 'ended', message: 'no credit' }
    expect(await second).toEqual(ended)
    expect(await limiter.turn(limiter.join(), never)).toEqual(ended)
  })

  test('is one for all connections of an account', () => {
    const connectionOf = (account?: string): Connection => ({
      kind: 'ready',
      generate: async () => picture,
      ...(account !== undefined && { account }),
    })
    const limiters = limitersOf(
      new Map([
        ['one', connectionOf('shared')],
        ['two', connectionOf('shared')],
        ['three', connectionOf()],
        ['four', { kind: 'locked', missing: 'KEY' }],
      ]),
      { clock: virtualClock() },
    )
    expect(limiters.get('one')).toBe(limiters.get('two'))
    expect(limiters.get('one')).not.toBe(limiters.get('three'))
    expect([...limiters.keys()]).toEqual(['one', 'two', 'three'])
  })
})

test('however it is put off, all are served, in order, within the limit', async () => {
  const busy = fc.record({
    kind: fc.constant('busy' as const),
    message: fc.constant('later'),
    afterMs: fc.option(fc.integer({ min: 0, max: 60_000 }), { nil: undefined }),
  })
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.option(busy), { maxLength: 20 }),
      async (count, perMinute, script) => {
        const served: number[] = []
        const log = await sendAll(count, open(perMinute), ({ place }, number) => {
          const answer = script[number - 1]
          if (answer?.kind === 'busy') {
            const { afterMs, ...rest } = answer
            return afterMs === undefined ? rest : { ...rest, afterMs }
          }
          served.push(place)
          return picture
        })
        expect(served.toSorted((one, other) => one - other)).toEqual(
          Array.from({ length: count }, (_none, index) => index + 1),
        )
        // A place goes out for the first time only after all places before it.
        expect([...new Set(log.map(({ place }) => place))]).toEqual(
          served.toSorted((one, other) => one - other),
        )
        for (const { at } of log) {
          const within = log.filter((other) => other.at > at - 60_000 && other.at <= at)
          expect(within.length).toBeLessThanOrEqual(perMinute)
        }
      },
    ),
    { numRuns: 100 },
  )
})
