import { describe, expect, test } from 'vitest'

import type { Answer, GenerateInput, Provider } from '../../../packages/core/src/ports.ts'
import {
  type FallbackEntry,
  type FallbackOptions,
  fallback,
} from '../../../packages/core/src/provider/fallback/fallback.ts'
import { sketch } from '../../../packages/core/src/provider/sketch/sketch.ts'
import { type FakeProvider, fakeProvider } from '../../support/fakes.ts'
import { png } from '../../support/pictures.ts'

const asked: GenerateInput = {
  prompt: 'a fox',
  model: 'fake-1',
  size: { width: 512, height: 512 },
  quality: 'medium',
  take: 1,
}

const refused = (scope: 'prompt' | 'image' | 'run', microUsd?: number): Answer => ({
  kind: 'refused',
  scope,
  code: scope,
  message: scope,
  ...(microUsd !== undefined && { microUsd }),
})

/** A provider that bills each picture, and each unknown outcome, as its vendor would. */
function vendor(id: string, answer: Answer | 'image', overrides: Partial<Provider> = {}) {
  const billed: GenerateInput[] = []
  const provider: FakeProvider = fakeProvider(
    async (input) => {
      if (answer !== 'image' && answer.kind !== 'unknown') return answer
      billed.push(input)
      return answer === 'image'
        ? { kind: 'image', bytes: await png(input.size), microUsd: 1000 }
        : answer
    },
    { id, ...overrides },
  )
  return { provider, billed }
}

async function ask(
  entries: readonly (Provider | FallbackEntry)[],
  options: FallbackOptions = {},
  input: GenerateInput = asked,
): Promise<Answer> {
  const connection = fallback(entries, options).connect({})
  if (connection.kind === 'locked') throw new Error(`locked for want of ${connection.missing}`)
  return connection.generate(input, new AbortController().signal)
}

describe('the next provider', () => {
  test.for([
    [refused('run'), true],
    [refused('image'), true],
    [refused('run', 0), true],
    [refused('prompt'), false],
    [refused('image', 5), false],
    [{ kind: 'busy', message: 'later' }, true],
    [{ kind: 'busy', message: 'later', afterMs: 60_001 }, true],
    [{ kind: 'busy', message: 'soon', afterMs: 60_000 }, false],
    [{ kind: 'unknown', message: 'lost' }, false],
    ['image', false],
  ] as const satisfies readonly (readonly [Answer | 'image', boolean])[])(
    'after %j is asked: %s',
    async ([first, isAsked]) => {
      const one = vendor('one', first)
      const two = vendor('two', 'image')
      const answer = await ask([one.provider, two.provider])
      expect(two.provider.asked).toHaveLength(isAsked ? 1 : 0)
      expect(one.provider.asked).toHaveLength(1)
      expect(answer.kind === 'image').toBe(isAsked || first === 'image')
      const chargeable = answer.kind === 'image' || answer.kind === 'unknown' ? 1 : 0
      expect(one.billed.length + two.billed.length).toBe(chargeable)
    },
  )

  test('is asked for a refused prompt where that is wanted', async () => {
    const one = vendor('one', refused('prompt'))
    const two = vendor('two', 'image')
    const answer = await ask([one.provider, two.provider], { moderation: 'move-on' })
    expect(answer).toMatchObject({ kind: 'image', making: { provider: 'two' } })
    expect([...one.billed, ...two.billed]).toHaveLength(1)
  })

  test('is asked for a size that covers, by its own model and quality', async () => {
    const one = vendor('one', refused('run'))
    const two = vendor('two', 'image')
    const answer = await ask([one.provider, { provider: two.provider, model: 'plain' }])
    expect(two.provider.asked).toEqual([
      { prompt: 'a fox', model: 'plain', size: { width: 1024, height: 1024 }, take: 1 },
    ])
    expect(answer).toMatchObject({
      making: { provider: 'two', model: 'plain', size: { width: 1024, height: 1024 } },
    })
    expect(two.billed).toHaveLength(1)
  })

  test('is asked for the quality that it was given', async () => {
    const two = vendor('two', 'image')
    await ask([vendor('one', refused('run')).provider, { provider: two.provider, quality: 'low' }])
    expect(two.provider.asked).toMatchObject([{ quality: 'low' }])
    expect(two.billed).toHaveLength(1)
  })

  test('is passed over where it ignores what was asked, or makes nothing as large', async () => {
    const two = vendor('two', 'image')
    const three = vendor('three', 'image')
    const answer = await ask(
      [
        vendor('one', refused('run')).provider,
        { provider: two.provider, model: 'plain' },
        three.provider,
      ],
      {},
      { ...asked, background: 'transparent' },
    )
    expect(answer).toMatchObject({ making: { provider: 'three' } })
    expect([...two.billed, ...three.billed]).toHaveLength(1)
    const large = { ...asked, size: { width: 2048, height: 2048 } }
    const small = { provider: two.provider, model: 'plain' }
    expect(await ask([vendor('one', refused('run')).provider, small], {}, large)).toEqual(
      refused('run'),
    )
  })

  test('is not asked after a provider that threw', async () => {
    const one = fakeProvider(() => Promise.reject(new Error('bug')), { id: 'one' })
    const two = vendor('two', 'image')
    expect((await ask([one, two.provider])).kind).toBe('unknown')
    expect(two.billed).toEqual([])
  })
})

test('an answer of the first says nothing of who made it', async () => {
  const answer = await ask([vendor('one', 'image').provider, vendor('two', 'image').provider])
  expect(answer).not.toHaveProperty('making')
})

test.for([
  [[refused('run'), refused('image')], refused('image')],
  [[refused('run'), { kind: 'busy', message: 'later' }], { kind: 'busy', message: 'later' }],
  [[{ kind: 'busy', message: 'later' }, refused('run')], { kind: 'busy', message: 'later' }],
  [[refused('run'), refused('run')], refused('run')],
] as const satisfies readonly (readonly [readonly Answer[], Answer])[])(
  'where all fail with %j the answer is %j',
  async ([answers, last]) => {
    const entries = answers.map((one, index) => vendor(`v${index}`, one).provider)
    expect(await ask(entries)).toEqual(last)
  },
)

describe('the estimate', () => {
  const priced = (id: string, microUsd: number, worstMicroUsd: number): Provider =>
    vendor(id, 'image', {
      estimate: () => ({
        microUsd,
        worstMicroUsd,
        basis: 'exact',
        source: id,
        asOf: `2026-0${id}`,
      }),
    }).provider

  test('expects the first and fears the dearest', () => {
    expect(fallback([priced('2', 10, 20), priced('1', 5, 90)]).estimate(asked)).toEqual({
      microUsd: 10,
      worstMicroUsd: 90,
      basis: 'upper-bound',
      source: '2; or 1',
      asOf: '2026-01',
    })
  })

  test('is unknown where any of them is', () => {
    const unknown = vendor('three', 'image', { estimate: () => undefined }).provider
    expect(fallback([priced('1', 10, 20), unknown]).estimate(asked)).toBeUndefined()
    expect(fallback([unknown, priced('1', 10, 20)]).estimate(asked)).toBeUndefined()
  })
})

describe('connecting', () => {
  const locked = (id: string): Provider =>
    vendor(id, 'image', {
      credentials: [`${id}_KEY`],
      connect: () => ({ kind: 'locked', missing: `${id}_KEY` }),
    }).provider

  test('passes over whoever is locked', async () => {
    const two = vendor('two', 'image')
    expect(await ask([locked('A'), two.provider])).toMatchObject({ making: { provider: 'two' } })
    expect(two.billed).toHaveLength(1)
  })

  test('is locked where all are, by the first', () => {
    const provider = fallback([locked('A'), locked('B')])
    expect(provider.connect({})).toEqual({ kind: 'locked', missing: 'A_KEY' })
    expect(provider.credentials).toEqual(['A_KEY', 'B_KEY'])
  })
})

test('edits by those that edit', async () => {
  const edits: string[] = []
  const editor = (id: string, answer: Answer | 'image'): Provider => {
    const { provider } = vendor(id, answer)
    const models = provider.models.map((model) => ({
      ...model,
      honours: [...model.honours, 'ref'] as const,
      maxReferences: 2,
    }))
    return {
      ...provider,
      models,
      connect: () => ({
        kind: 'ready',
        generate: async () => refused('run'),
        edit: async (input) => {
          edits.push(id)
          return answer === 'image' ? { kind: 'image', bytes: await png(input.size) } : answer
        },
      }),
    }
  }
  const plain = vendor('plain', 'image')
  const connection = fallback([
    editor('one', refused('run')),
    plain.provider,
    editor('two', 'image'),
  ]).connect({})
  const image = { bytes: await png(asked.size), format: 'png' } as const
  const answer =
    connection.kind === 'ready'
      ? await connection.edit?.(asked, { images: [image] }, new AbortController().signal)
      : undefined
  expect(answer).toMatchObject({ kind: 'image', making: { provider: 'two' } })
  expect(edits).toEqual(['one', 'two'])
  expect(plain.billed).toEqual([])
})

const one = vendor('one', 'image').provider
test.for([
  ['nothing', []],
  ['one provider twice', [one, one]],
  ['a sketch for a model', [one, sketch()]],
  ['a model for a sketch', [sketch(), one]],
  ['an unknown model', [one, { provider: { ...one, id: 'two' }, model: 'x' }]],
  ['an unknown quality', [one, { provider: { ...one, id: 'two' }, quality: 'x' }]],
  ['batches alone', [one, { ...one, id: 'two', isBatchOnly: true }]],
  ['a model of the first', [{ provider: one, model: 'plain' }]],
] as const)('refuses %s', ([, entries]) => {
  expect(() => fallback(entries)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }))
})
