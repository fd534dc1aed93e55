import { expect, test } from 'vitest'
import { newImages } from '../../../packages/core/src/plan/budget.ts'
import { planFor } from '../../../packages/core/src/plan/plan.ts'
import type { Answer } from '../../../packages/core/src/ports.ts'
import { ask } from '../../../packages/core/src/resolve/ask.ts'
import { openLimiter } from '../../../packages/core/src/resolve/limiter.ts'
import { inputOf, memoryStore, requestIn, settingsOf } from '../../support/fakes.ts'
import { type VirtualClock, virtualClock } from '../../support/virtual-clock.ts'

const settings = settingsOf()
const history = { verdicts: new Map(), keepsStyle: false, today: '2026-11-23' }
const plan = await planFor(
  inputOf([requestIn('![gen: a fox]()', settings)]),
  settings,
  memoryStore(),
  history,
)
const [image] = newImages(plan)

const picture: Answer = { kind: 'image', bytes: new Uint8Array() }

/** Asks for one picture as often as there are scripts, each of which answers its own request in turn. */
async function askAll(
  scripts: readonly ((attempt: number) => Answer)[],
  clock: VirtualClock = virtualClock(),
  stop: AbortSignal = new AbortController().signal,
): Promise<{ readonly answers: readonly Answer[]; readonly attempts: readonly number[] }> {
  if (image === undefined) throw new Error('the plan buys nothing')
  const limiter = openLimiter(clock)
  const attempts = scripts.map(() => 0)
  const asking = scripts.map((script, index) => {
    const generate = async (): Promise<Answer> => {
      const attempt = (attempts[index] ?? 0) + 1
      attempts[index] = attempt
      return script(attempt)
    }
    const connection = { kind: 'ready', generate } as const
    return ask({ image, images: undefined, connection, limiter }, stop)
  })
  return { answers: await clock.until(Promise.all(asking)), attempts }
}

const busy = { kind: 'busy', message: 'slow down' } as const

test('gives up after six attempts where nothing gets through', async () => {
  const { answers, attempts } = await askAll([() => busy])
  expect(answers).toEqual([busy])
  expect(attempts).toEqual([6])
})

test('goes on as long as other requests of the account get through', async () => {
  const again = { ...busy, afterMs: 1_000, pace: { remaining: 100, resetMs: 0 } } as const
  // One more gets through each time that all are asked.
  const scripts = Array.from(
    { length: 12 },
    (_none, index) => (attempt: number) => (attempt <= 11 - index ? again : picture),
  )
  const { answers, attempts } = await askAll(scripts)
  expect(answers.every(({ kind }) => kind === 'image')).toBe(true)
  expect(attempts[0]).toBe(12)
})

test('names the time that is too long to wait', async () => {
  const { answers, attempts } = await askAll([() => ({ ...busy, afterMs: 3_600_000 })])
  expect(answers).toMatchObject([
    { message: 'slow down; it asks for a wait of 3600 s, longer than the 60 s that a build waits' },
  ])
  expect(attempts).toEqual([1])
})

test('never repeats a request whose fate is unknown', async () => {
  const unknown = { kind: 'unknown', message: 'connection reset' } as const
  const { answers, attempts } = await askAll([() => unknown])
  expect(answers).toEqual([unknown])
  expect(attempts).toEqual([1])
})

test('ends a wait at once when it is stopped', async () => {
  const clock = virtualClock()
  const stop = new AbortController()
  const script = (): Answer => {
    queueMicrotask(() => stop.abort())
    return { ...busy, afterMs: 30_000 }
  }
  const { answers, attempts } = await askAll([script], clock, stop.signal)
  expect(answers).toMatchObject([busy])
  expect(attempts).toEqual([1])
  expect(clock.elapsed()).toBe(0)
})
