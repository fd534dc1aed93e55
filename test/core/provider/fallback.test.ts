import { describe, expect, test } from 'vitest'

import { readRequestHash } from '../../../packages/core/src/key/key.ts'
import type {
  Answer,
  BatchDesk,
  Capability,
  GenerateInput,
  Model,
  Provider,
  ReadyConnection,
} from '../../../packages/core/src/ports.ts'
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
    [{ kind: 'busy', message: 'soon', pace: { remaining: 0, resetMs: 60_000 } }, false],
    [{ kind: 'busy', message: 'later', pace: { remaining: 0, resetMs: 60_001 } }, true],
    [{ kind: 'busy', message: 'later', pace: { remaining: 1, resetMs: 1 } }, true],
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

describe('the pace that is told', () => {
  const own = { remaining: 3, resetMs: 1000 }
  const other = { remaining: 7, resetMs: 9000 }
  const told = { kind: 'image', bytes: new Uint8Array(1), pace: other } as const

  test.for([
    ['of the first alone', { ...refused('run'), pace: own }, own],
    ['nobody’s where the first tells none', refused('run'), undefined],
  ] as const)('is %s', async ([, first, pace]) => {
    const answer = await ask([vendor('one', first).provider, vendor('two', told).provider])
    expect(answer).toMatchObject({ kind: 'image', making: { provider: 'two' } })
    expect(answer.pace).toEqual(pace)
  })

  test('is that of the first where all fail', async () => {
    const failed = { ...refused('run'), pace: own }
    const two = vendor('two', { kind: 'busy', message: 'later', pace: other }).provider
    const answer = await ask([vendor('one', failed).provider, two])
    expect(answer).toEqual({ kind: 'busy', message: 'later', pace: own })
  })

  test('is another one’s of the same account', async () => {
    const shared = (id: string, answer: Answer): Provider => {
      const { provider } = vendor(id, answer)
      const connection = provider.connect({})
      return { ...provider, connect: () => ({ ...connection, account: 'mine' }) }
    }
    const answer = await ask([shared('one', refused('run')), shared('two', told)])
    expect(answer.pace).toEqual(other)
  })
})

describe('what a stand-in is asked of pictures', () => {
  const basedOn = readRequestHash('0'.repeat(64))
  if (basedOn === undefined) throw new Error('no hash')
  const image = { bytes: new Uint8Array(1), format: 'png' } as const
  const [plain] = vendor('x', 'image').provider.models

  function able(
    id: string,
    honours: readonly Capability[],
    answer: Answer | 'image',
    model: Partial<Model> = {},
  ): { readonly provider: Provider; readonly edited: GenerateInput[] } {
    if (plain === undefined) throw new Error('no model')
    const edited: GenerateInput[] = []
    const { provider } = vendor(id, answer, {
      models: [{ ...plain, honours: [...plain.honours, ...honours], maxReferences: 2, ...model }],
    })
    const edit: NonNullable<ReadyConnection['edit']> = async (input) => {
      edited.push(input)
      return answer === 'image' ? { kind: 'image', bytes: await png(input.size) } : answer
    }
    const connect: Provider['connect'] = () => ({
      kind: 'ready',
      generate: async () => refused('run'),
      edit,
    })
    return { provider: { ...provider, connect }, edited }
  }

  test.for<
    readonly [
      string,
      readonly Capability[],
      Partial<Model>,
      Partial<GenerateInput>,
      number,
      boolean,
    ]
  >([
    ['a variation', ['vary'], {}, { basedOn }, 1, true],
    ['a variation, and knows references alone', ['ref'], {}, { basedOn }, 1, false],
    ['a reference, and knows variations alone', ['vary'], {}, {}, 1, false],
    ['a variation with a reference', ['vary'], {}, { basedOn }, 2, false],
    ['a variation with a reference', ['vary', 'ref'], {}, { basedOn }, 2, true],
    ['more pictures than it takes', ['ref'], {}, {}, 3, false],
    ['a variation without a prompt', ['vary'], {}, { basedOn, prompt: '' }, 1, false],
    [
      'a variation without a prompt',
      ['vary'],
      { variesWithoutPrompt: true },
      { basedOn, prompt: '' },
      1,
      true,
    ],
    ['frames', ['ref', 'animated'], { frames: { min: 2, max: 4 } }, { frames: 5 }, 1, false],
    ['frames', ['ref', 'animated'], { frames: { min: 2, max: 4 } }, { frames: 4 }, 1, true],
    [
      'a rendering',
      ['ref', 'rendering'],
      { renderings: ['vivid'] },
      { rendering: 'old' },
      1,
      false,
    ],
    [
      'a rendering',
      ['ref', 'rendering'],
      { renderings: ['vivid'] },
      { rendering: 'vivid' },
      1,
      true,
    ],
  ])('%s, by a model that honours %j, %j', async ([, honours, model, change, count, isAsked]) => {
    const one = able('one', ['ref', 'vary'], refused('run'))
    const two = able('two', honours, 'image', model)
    const connection = fallback([one.provider, two.provider]).connect({})
    if (connection.kind === 'locked' || connection.edit === undefined) throw new Error('no edits')
    const images = Array.from({ length: count }, () => image)
    const signal = new AbortController().signal
    const answer = await connection.edit({ ...asked, ...change }, { images }, signal)
    expect(two.edited).toHaveLength(isAsked ? 1 : 0)
    expect(answer.kind).toBe(isAsked ? 'image' : 'refused')
  })

  test('no estimate fears one that could not answer', () => {
    const dear: Provider['estimate'] = () => undefined
    const two = { ...able('two', ['ref'], 'image').provider, estimate: dear }
    const whole = fallback([able('one', ['ref', 'vary'], 'image').provider, two])
    expect(whole.estimate({ ...asked, basedOn })).toBeDefined()
    expect(whole.estimate(asked)).toBeUndefined()
  })
})

describe('what a connection offers besides', () => {
  const desk: BatchDesk = {
    submit: async () => ({ kind: 'busy', message: 'closed' }),
    list: async () => [],
    requestsOf: async () => [],
    collect: async function* () {},
  }
  const offering = (id: string, extra: Partial<ReadyConnection>, missing?: string): Provider => {
    const { provider } = vendor(id, 'image')
    return {
      ...provider,
      ...(extra.batch && { estimateInBatch: provider.estimate.bind(provider) }),
      connect: () =>
        missing === undefined
          ? {
              kind: 'ready',
              generate: async () => refused('run'),
              ...extra,
            }
          : { kind: 'locked', missing },
    }
  }
  const dates = (...pairs: readonly (readonly [string, string])[]) => ({
    retirements: async () => new Map(pairs),
  })

  test('the dates of the first, whose models are told', async () => {
    const connection = fallback([
      offering('one', dates(['a', '2026-12-01'])),
      offering('two', dates(['a', '2027-01-01'], ['b', '2027-01-02'])),
    ]).connect({})
    if (connection.kind === 'locked') throw new Error('locked')
    const known = await connection.retirements?.(new AbortController().signal)
    expect(known).toEqual(new Map([['a', '2026-12-01']]))
  })

  test.for([
    ['no dates where the first tells none', [offering('one', {})], 'retirements', false],
    [
      'no dates of a stand-in',
      [offering('one', {}), offering('two', dates(['b', '2027-01-02']))],
      'retirements',
      false,
    ],
    ['the desk of the first', [offering('one', { batch: desk })], 'batch', true],
    [
      'no desk of a stand-in',
      [offering('one', {}), offering('two', { batch: desk })],
      'batch',
      false,
    ],
    [
      'no desk of a stand-in where the first is locked',
      [offering('one', { batch: desk }, 'KEY'), offering('two', { batch: desk })],
      'batch',
      false,
    ],
  ] as const)('%s', ([, entries, name, isOffered]) => {
    const provider = fallback(entries)
    expect(name in provider.connect({})).toBe(isOffered)
  })

  test('a batch goes by the price of the first alone', () => {
    const first = {
      ...offering('one', { batch: desk }),
      estimateInBatch: () =>
        ({ microUsd: 1, worstMicroUsd: 2, basis: 'exact', source: 'half' }) as const,
    }
    const whole = fallback([first, offering('two', {})])
    expect(whole.estimateInBatch?.(asked)).toMatchObject({ worstMicroUsd: 2 })
    expect(fallback([offering('one', {}), { ...first, id: 'two' }])).not.toHaveProperty(
      'estimateInBatch',
    )
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
