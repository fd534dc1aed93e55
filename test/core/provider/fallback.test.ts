import { describe, expect, test } from 'vitest'

import type {
  Answer,
  BatchDesk,
  Provider,
  ReadyConnection,
} from '../../../packages/core/src/ports.ts'
import { fallback } from '../../../packages/core/src/provider/fallback/fallback.ts'
import { sketch } from '../../../packages/core/src/provider/sketch/sketch.ts'
import { fakeProvider } from '../../support/fakes.ts'
import { ask, asked, refused, vendor } from '../../support/fallback-vendors.ts'

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
    expect(await ask([one, two.provider])).toEqual({
      kind: 'unknown',
      message: 'The provider failed: bug; it may have billed',
    })
    expect(two.billed).toEqual([])
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

  test.for([
    [[30, 5], 5],
    [[undefined, 5], 5],
    [[5, undefined], 5],
    [[undefined, undefined], undefined],
  ] as const)('of the paces %j the least, as all wait in one line', ([rates, least]) => {
    const entries = rates.map((imagesPerMinute, index) =>
      offering(`p${index}`, imagesPerMinute === undefined ? {} : { imagesPerMinute }),
    )
    expect({ imagesPerMinute: undefined, ...fallback(entries).connect({}) }).toMatchObject({
      imagesPerMinute: least,
    })
  })

  test('no pace of a stand-in that is locked', () => {
    const entries = [offering('one', {}), offering('two', { imagesPerMinute: 1 }, 'KEY')]
    expect(fallback(entries).connect({})).not.toHaveProperty('imagesPerMinute')
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
