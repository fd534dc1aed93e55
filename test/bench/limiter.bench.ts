import { setTimeout } from 'node:timers/promises'
import { openai } from '@imprompt/core'
import { expect, test } from 'vitest'
import type { Clock } from '../../packages/core/src/ports.ts'
import { type Limit, idealMs, limitInWords } from '../support/meter.ts'
import { buy } from './buy.ts'
import { startLimited } from './start-limited.ts'

const count = 200
const tookMs = 2_000
/** Milliseconds of the bench for each one that passes; `BENCH_SPEED=1` runs the minutes in full. */
const speed = Number(process.env['BENCH_SPEED'] ?? 5)
/** Small, as the scale multiplies what it takes to look at a picture, which is no matter of schedules. */
const edge = 64
const models = [
  { id: 'small', sizes: { kind: 'list', sizes: [{ width: edge, height: edge }] } },
] as const

const fast: Clock = {
  now: () => new Date(performance.now() * speed),
  elapsed: () => performance.now() * speed,
  wait: (ms, signal) => setTimeout(ms / speed, undefined, { signal }),
}

const window = { kind: 'fixed-window', requests: 50, perMs: 60_000 } as const
const bucket = { ...window, kind: 'token-bucket' } as const

interface Case {
  readonly limit: Limit
  readonly concurrency: number
  readonly imagesPerMinute?: number
}

const cases: readonly Case[] = [
  { limit: { ...window, tells: 'seconds' }, concurrency: 4 },
  { limit: { ...window, tells: 'seconds' }, concurrency: 16 },
  { limit: { ...window, tells: 'seconds' }, concurrency: 50 },
  { limit: { ...window, tells: 'all' }, concurrency: 16 },
  { limit: { ...window, tells: 'nothing' }, concurrency: 4, imagesPerMinute: 50 },
  { limit: { ...bucket, tells: 'seconds' }, concurrency: 4 },
  { limit: { ...bucket, tells: 'seconds' }, concurrency: 16 },
  { limit: { ...bucket, tells: 'all' }, concurrency: 16 },
]

test.for(cases.map((one) => [titleOf(one), one] as const))(
  '200 pictures of 2 s each are bought within 1.05 of the ideal schedule: %s',
  async ([title, { limit, concurrency, imagesPerMinute }]) => {
    await using server = await startLimited({ limit, tookMs, speed, edge })
    const baseURL = `http://127.0.0.1:${server.port}/v1`
    const provider = openai({ id: 'limited', baseURL, apiKey: 'sk-test-bench', models })
    const connected = provider.connect({})
    const rate = imagesPerMinute === undefined ? {} : { imagesPerMinute }
    const connection = connected.kind === 'ready' ? { ...connected, ...rate } : connected
    const begin = performance.now()
    const outcomes = await buy(count, edge, { provider, connection, clock: fast, concurrency })
    const ms = (performance.now() - begin) * speed
    const ideal = idealMs(limit, { count, tookMs, concurrency })
    const { passed, putOff, mostUnderWay } = await server.report()
    console.log(
      title.padEnd(70),
      `${(ms / ideal).toFixed(3)} of the ideal ${(ideal / 1_000).toFixed(1)} s, ${putOff} × 429`,
    )
    expect(outcomes.filter(({ kind }) => kind !== 'bought')).toEqual([])
    expect(outcomes).toHaveLength(count)
    expect(passed).toBe(count)
    expect(mostUnderWay).toBe(concurrency)
    // A tenth, beside what was under way before the server first said no.
    expect(putOff).toBeLessThan(concurrency + count / 10)
    expect(ms / ideal).toBeLessThan(1.05)
  },
)

function titleOf({ limit, concurrency, imagesPerMinute }: Case): string {
  const known = imagesPerMinute === undefined ? '' : `, ${imagesPerMinute} a minute configured`
  return `${limitInWords(limit)}${known}; ${concurrency} at once`
}
