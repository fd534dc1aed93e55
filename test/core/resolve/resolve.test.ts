import { noConsent } from '../../../packages/core/src/plan/consent.ts'
import { describe, expect, test } from 'vitest'
import { newImages } from '../../../packages/core/src/plan/budget.ts'
import { planFor } from '../../../packages/core/src/plan/plan.ts'
import type { Answer, GenerateInput } from '../../../packages/core/src/ports.ts'
import type { Outcome } from '../../../packages/core/src/resolve/outcome.ts'
import { type Once, once } from '../../../packages/core/src/resolve/once.ts'
import { resolve } from '../../../packages/core/src/resolve/resolve.ts'
import {
  type FakeProvider,
  type FixedClock,
  type MemoryJournal,
  type MemoryStore,
  fakeProvider,
  fixedClock,
  freeClaims,
  inputOf,
  memoryJournal,
  memoryStore,
  noFiles,
  requestIn,
  settingsOf,
} from '../../support/fakes.ts'
import { png } from '../../support/pictures.ts'

interface Run {
  readonly outcomes: readonly Outcome[]
  readonly provider: FakeProvider
  readonly store: MemoryStore
  readonly journal: MemoryJournal
  readonly clock: FixedClock
}

interface RunOptions {
  readonly budgetMicroUsd?: number
  readonly concurrency?: number
  readonly stop?: AbortSignal
  readonly store?: MemoryStore
  readonly journal?: MemoryJournal
  readonly inFlight?: Once<Outcome>
}

/** Buys what these directives ask for. */
async function run(
  sources: readonly string[],
  answer: (input: GenerateInput, signal: AbortSignal) => Promise<Answer>,
  options: RunOptions = {},
): Promise<Run> {
  const provider = fakeProvider(answer)
  const settings = settingsOf({}, provider)
  const store = options.store ?? memoryStore()
  const journal = options.journal ?? memoryJournal()
  const clock = fixedClock()
  const requests = sources.map((source) => requestIn(source, settings))
  const input = inputOf(requests)
  const plan = await planFor(input, settings, store, {
    verdicts: new Map(),
    keepsStyle: false,
    today: '2026-11-23',
  })
  const limits = {
    budgetMicroUsd: options.budgetMicroUsd ?? 10_000_000,
    concurrency: options.concurrency ?? 4,
    connections: new Map([['fake', provider.connect({})]]),
  }
  const stop = options.stop ?? new AbortController().signal
  const outcomes = await resolve(plan, newImages(plan), limits, {
    store,
    journal,
    clock,
    files: noFiles,
    stop,
    inFlight: options.inFlight ?? once<Outcome>(),
    claims: freeClaims,
    consent: noConsent,
  })
  return { outcomes: [...outcomes.values()], provider, store, journal, clock }
}

const picture = async (input: GenerateInput): Promise<Answer> => ({
  kind: 'image',
  bytes: await png(input.size),
  microUsd: 41_000,
  requestId: 'req_1',
})

describe('a purchase', () => {
  test('is checked, stored and settled', async () => {
    const { outcomes, store, journal } = await run(['![gen: a fox](size=512x512)'], picture)
    expect(outcomes).toMatchObject([{ kind: 'bought' }])
    const [entry] = store.kept.values()
    expect(entry).toMatchObject({
      wanted: { width: 512, height: 512 },
      original: { format: 'png', width: 512, height: 512, isOpaque: true },
      cost: { microUsd: 41_000, basis: 'usage' },
      boughtAt: '2026-11-23T12:00:00.000Z',
      requestId: 'req_1',
    })
    expect(journal.settlements).toEqual([
      { kind: 'bought', microUsd: 41_000, basis: 'usage', requestId: 'req_1' },
    ])
  })

  test.for([
    [{ width: 640, height: 512 }, 'bought'],
    [{ width: 511, height: 512 }, 'unknown'],
  ] as const)('of the size %j that its answer names is %s', async ([size, kind]) => {
    const { outcomes } = await run(['![gen: a fox](size=512x512)'], async () => ({
      kind: 'image',
      bytes: await png(size),
      microUsd: 41_000,
      making: { size },
    }))
    expect(outcomes).toMatchObject([{ kind }])
  })

  test('costs its worst case where the provider reports no usage', async () => {
    const { store } = await run(['![gen: a fox]()'], async (input) => ({
      kind: 'image',
      bytes: await png(input.size),
    }))
    expect([...store.kept.values()][0]?.cost).toEqual({
      microUsd: 50_000,
      basis: 'estimate',
    })
  })

  test('is made once for all notations of one request', async () => {
    const { provider, store } = await run(
      ['![gen: a fox]()', '![gen: a fox](quality=medium)', '![gen: a fox]()'],
      picture,
    )
    expect(provider.asked).toHaveLength(1)
    expect(store.kept.size).toBe(2)
    expect([...store.kept.values()].map(({ cost }) => cost.microUsd)).toEqual([41_000, 0])
  })

  test('is made once for builds side by side, and paid by one of them', async () => {
    const shared = { store: memoryStore(), inFlight: once<Outcome>() }
    const runs = await Promise.all([
      run(['![gen: a fox]()'], picture, shared),
      run(['![gen: a fox](quality=medium)'], picture, shared),
    ])
    expect(runs.flatMap(({ provider }) => provider.asked)).toHaveLength(1)
    expect(runs.flatMap(({ outcomes }) => outcomes.map(({ kind }) => kind))).toEqual([
      'bought',
      'found',
    ])
  })

  test('is not made where another build has made it since the plan', async () => {
    const first = await run(['![gen: a fox]()'], picture)
    const [entry] = first.store.kept.values()
    let looks = 0
    const store = memoryStore({
      entry: async () =>
        ++looks === 1 || entry === undefined ? { kind: 'absent' } : { kind: 'hit', value: entry },
    })
    const { outcomes, provider } = await run(['![gen: a fox]()'], picture, { store })
    expect(outcomes).toMatchObject([{ kind: 'found' }])
    expect(provider.asked).toEqual([])
  })

  test('never has more requests under way than the pool holds', async () => {
    let underWay = 0
    let most = 0
    const sources = Array.from({ length: 12 }, (_, index) => `![gen: fox ${index}](size=256x256)`)
    await run(
      sources,
      async (input) => {
        most = Math.max(most, ++underWay)
        const answer = await picture(input)
        underWay--
        return answer
      },
      { concurrency: 3 },
    )
    expect(most).toBe(3)
  })

  test('waits as long as a busy provider says, and longer where that is too short', async () => {
    let asked = 0
    const { outcomes, clock } = await run(['![gen: a fox]()'], async (input) =>
      ++asked <= 2 ? { kind: 'busy', message: 'slow down', afterMs: 1_500 } : picture(input),
    )
    expect(outcomes).toMatchObject([{ kind: 'bought' }])
    expect(clock.waits).toEqual([1_500, 2_000])
  })

  test('gives up on a provider that asks for an hour', async () => {
    const { outcomes, provider, clock } = await run(['![gen: a fox]()'], async () => ({
      kind: 'busy',
      message: 'later',
      afterMs: 3_600_000,
    }))
    expect(outcomes).toMatchObject([{ kind: 'failed' }])
    expect(provider.asked).toHaveLength(1)
    expect(clock.waits).toEqual([])
  })

  test('halts the queue where one request was put off to the last', async () => {
    const { outcomes, provider } = await run(
      ['![gen: a fox]()', '![gen: a hen]()'],
      async () => ({ kind: 'busy', message: 'slow down' }),
      { concurrency: 1 },
    )
    expect(outcomes.map(({ kind }) => kind)).toEqual(['failed', 'failed'])
    expect(provider.asked).toHaveLength(7)
  })

  test.for([Number.NaN, -1, 1.5, Infinity])('does not believe a bill of %d', async (microUsd) => {
    const { store } = await run(['![gen: a fox]()'], async (input) => ({
      kind: 'image',
      bytes: await png(input.size),
      microUsd,
    }))
    expect([...store.kept.values()][0]?.cost).toEqual({ microUsd: 50_000, basis: 'estimate' })
  })

  test('remembers a refusal that was billed, so that no build pays for it again', async () => {
    const { outcomes, journal } = await run(['![gen: a fox]()'], async () => ({
      kind: 'refused',
      scope: 'image',
      code: 'no_picture',
      message: 'words alone',
      microUsd: 70,
    }))
    expect(outcomes).toMatchObject([{ kind: 'refused', microUsd: 70 }])
    expect(journal.settlements).toMatchObject([{ kind: 'refused', code: 'no_picture' }])
  })

  test('gives up on a provider that stays busy, and nothing is owed', async () => {
    const { outcomes, provider, clock, journal } = await run(['![gen: a fox]()'], async () => ({
      kind: 'busy',
      message: 'slow down',
    }))
    expect(outcomes).toMatchObject([{ kind: 'failed' }])
    expect(provider.asked).toHaveLength(7)
    expect(clock.waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000])
    expect(journal.settlements).toEqual(Array.from({ length: 7 }, () => ({ kind: 'released' })))
  })
})

describe('a last look before a purchase', () => {
  test.for([
    { kind: 'unknown', path: 'a.json', cause: new Error('EIO') },
    { kind: 'damaged', path: 'a.json', fault: 'garbage' },
  ] as const)('that answers $kind buys nothing', async (found) => {
    let looks = 0
    const absent = { kind: 'absent' } as const
    // The plan still saw a miss.
    const store = memoryStore({ entry: async () => ((looks += 1) === 1 ? absent : found) })
    const { outcomes, provider } = await run(['![gen: a fox]()'], picture, { store })
    expect(outcomes).toMatchObject([{ kind: 'failed' }])
    expect(provider.asked).toEqual([])
  })
})

describe('a refusal', () => {
  test('of a prompt is remembered, and the others are bought', async () => {
    const { outcomes, journal } = await run(
      ['![gen: a fox]()', '![gen: a bomb]()', '![gen: an owl]()'],
      async (input) =>
        input.prompt === 'a bomb'
          ? { kind: 'refused', scope: 'prompt', code: 'moderation_blocked', message: 'blocked' }
          : picture(input),
    )
    expect(outcomes.map(({ kind }) => kind)).toEqual(['bought', 'refused', 'bought'])
    expect([...journal.barred.values()]).toMatchObject([
      { kind: 'refused', code: 'moderation_blocked' },
    ])
  })

  test('of a request is not remembered: its settings may be mended', async () => {
    const { outcomes, journal } = await run(['![gen: a fox]()', '![gen: a hen]()'], async (input) =>
      input.prompt === 'a fox'
        ? { kind: 'refused', scope: 'image', code: 'unknown_parameter', message: 'no' }
        : picture(input),
    )
    expect(outcomes.map(({ kind }) => kind)).toEqual(['refused', 'bought'])
    expect(journal.barred.size).toBe(0)
  })

  test('of the run stops the queue, and bars no image', async () => {
    const { outcomes, provider, journal } = await run(
      ['![gen: a fox]()', '![gen: a hen]()', '![gen: an owl]()'],
      async () => ({
        kind: 'refused',
        scope: 'run',
        code: 'insufficient_quota',
        message: 'no credit',
      }),
      { concurrency: 1 },
    )
    expect(outcomes.map(({ kind }) => kind)).toEqual(['refused', 'failed', 'failed'])
    expect(provider.asked).toHaveLength(1)
    expect(journal.barred.size).toBe(0)
  })
})

describe('an unknown outcome', () => {
  test('is journalled at its worst case, and never asked again', async () => {
    const { outcomes, provider, journal } = await run(['![gen: a fox]()'], async () => ({
      kind: 'unknown',
      message: 'connection reset',
    }))
    expect(outcomes).toEqual([
      { kind: 'unknown', message: 'connection reset', worstMicroUsd: 50_000 },
    ])
    expect(provider.asked).toHaveLength(1)
    expect([...journal.barred.values()]).toMatchObject([{ kind: 'unknown', worstMicroUsd: 50_000 }])
  })

  test.for([
    ['text', async () => Buffer.from('<html>')],
    ['nothing', async () => new Uint8Array()],
    ['half a picture', async (input) => (await png(input.size)).subarray(0, 900)],
    ['a picture of another size', async () => png({ width: 64, height: 64 })],
    [
      'a picture with matter after its end',
      async (input) => Buffer.concat([await png(input.size), Buffer.from('<script>')]),
    ],
    [
      'a drawing in SVG',
      async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
    ],
  ] satisfies readonly (readonly [string, (input: GenerateInput) => Promise<Uint8Array>])[])(
    'is what a reply of %s comes to, and its bytes are kept',
    async ([, bytesOf]) => {
      const { outcomes, store } = await run(['![gen: a fox]()'], async (input) => ({
        kind: 'image',
        bytes: await bytesOf(input),
      }))
      expect(outcomes).toMatchObject([{ kind: 'unknown' }])
      expect(store.quarantined).toHaveLength(1)
      expect(store.kept.size).toBe(0)
    },
  )

  test('is what a reply that cannot be stored comes to', async () => {
    const store = memoryStore({ keep: () => Promise.reject(new Error('ENOSPC')) })
    const { outcomes } = await run(['![gen: a fox]()'], picture, { store })
    expect(outcomes).toMatchObject([
      { kind: 'unknown', message: expect.stringContaining('its bytes were kept in') },
    ])
    expect(store.quarantined).toHaveLength(1)
  })
})

describe('a journal that cannot be written', () => {
  test('keeps a request from going out', async () => {
    const journal = { ...memoryJournal(), begin: () => Promise.reject(new Error('ENOSPC')) }
    const { outcomes, provider } = await run(['![gen: a fox]()'], picture, { journal })
    expect(outcomes).toMatchObject([{ kind: 'failed' }])
    expect(provider.asked).toEqual([])
  })

  test('does not lose a picture that was bought', async () => {
    const journal = { ...memoryJournal(), settle: () => Promise.reject(new Error('ENOSPC')) }
    const { outcomes, store } = await run(['![gen: a fox]()'], picture, { journal })
    expect(outcomes).toMatchObject([{ kind: 'bought' }])
    expect(store.kept.size).toBe(1)
  })
})

describe('the queue', () => {
  test('goes on after a provider that throws, whose charge is unknown', async () => {
    const { outcomes, journal } = await run(
      ['![gen: a fox]()', '![gen: a hen]()'],
      async (input) => {
        if (input.prompt === 'a fox') throw new Error('broken')
        return picture(input)
      },
    )
    expect(outcomes.map(({ kind }) => kind)).toEqual(['unknown', 'bought'])
    expect([...journal.barred.values()]).toMatchObject([{ kind: 'unknown' }])
  })

  test('stops after a picture that cost more than its worst case', async () => {
    const { outcomes, provider } = await run(
      ['![gen: a fox]()', '![gen: a hen]()'],
      async (input) => ({ kind: 'image', bytes: await png(input.size), microUsd: 60_000 }),
      { concurrency: 1 },
    )
    expect(outcomes.map(({ kind }) => kind)).toEqual(['bought', 'failed'])
    expect(provider.asked).toHaveLength(1)
  })

  test('waits for requests that are under way when it is stopped, and sends no other', async () => {
    const stop = new AbortController()
    const { outcomes } = await run(
      ['![gen: a fox]()', '![gen: a hen]()'],
      async (input, signal) => {
        stop.abort()
        expect(signal.aborted).toBe(false)
        return picture(input)
      },
      { concurrency: 1, stop: stop.signal },
    )
    expect(outcomes.map(({ kind }) => kind)).toEqual(['bought', 'failed'])
  })
})
