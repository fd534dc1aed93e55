import { expect, test } from 'vitest'
import type { Config } from '../../../packages/core/src/config/config.ts'
import { type Question, type WhatIf, whatIf } from '../../../packages/core/src/estimate/what-if.ts'
import { unreadText, whatIfText } from '../../../packages/core/src/estimate/what-if-text.ts'
import { openai } from '../../../packages/core/src/provider/openai/openai.ts'
import { sketch } from '../../../packages/core/src/provider/sketch/sketch.ts'
import type { Provider } from '../../../packages/core/src/ports.ts'
import { fakeProvider, settingsOf } from '../../support/fakes.ts'

const plain: Omit<Question, 'words'> = { per: 'once', inBatch: false, today: '2026-11-30' }

const ask = (
  words: string,
  more: Partial<Question> = {},
  config: Config = {},
  provider: Provider = openai(),
): WhatIf => {
  const answer = whatIf({ ...plain, ...more, words: [words] }, settingsOf(config, provider))
  if ('unread' in answer) throw new Error(unreadText(answer.unread))
  return answer.whatIf
}

const wrongWith = (words: string, more: Partial<Question> = {}, config: Config = {}): string => {
  const answer = whatIf({ ...plain, ...more, words: [words] }, settingsOf(config, openai()))
  return 'unread' in answer ? unreadText(answer.unread) : 'nothing'
}

const silent = (estimate: Provider['estimate'], more: Partial<Provider> = {}): Provider =>
  fakeProvider(() => Promise.reject(new Error('asked')), { estimate, ...more })

test('takes what nobody says from the options, and else from the configuration', () => {
  const config = { model: 'gpt-image-2', size: '1024x1024', quality: 'low' }
  expect(ask('5', {}, config).buckets).toMatchObject([
    { model: 'gpt-image-2-2026-04-21', size: '1024x1024', quality: 'low', microUsd: 196 * 30 },
  ])
  const options = { model: 'gpt-image-2.5-flare', size: '2048x2048', quality: 'max' }
  expect(ask('5 high 6 gpt-image-2 low', options, config).buckets).toMatchObject([
    { model: 'gpt-image-2.5-flare-2026-09-08', size: '2048x2048', quality: 'high' },
    { model: 'gpt-image-2-2026-04-21', size: '2048x2048', quality: 'low' },
  ])
})

test('prices the size that is made, and says what is cut from it', () => {
  const { buckets } = ask('2 gpt-image-2 512x512 low')
  expect(buckets).toMatchObject([{ size: '816x816', cutTo: '512x512' }])
  expect(ask('2 gpt-image-2 1024x1024 low').buckets[0]).not.toHaveProperty('cutTo')
  expect(whatIfText(ask('2 gpt-image-2 512x512 low'))).toContain(
    '512x512 is cut from 816x816, the smallest that gpt-image-2-2026-04-21 makes for it',
  )
})

test('halves in a batch what its provider halves, and says what it counts in full', () => {
  const { buckets } = ask(
    '1 gpt-image-2 1024x1024 low 1 gpt-image-2.5-flare 1024x1024 low 1 dall-e-2 512x512',
    { inBatch: true },
  )
  expect(buckets.map(({ batch, microUsd }) => [batch, microUsd])).toEqual([
    ['reduced', 196 * 15],
    ['full', 196 * 30],
    ['full', 18_000],
  ])
  expect(ask('1 gpt-image-2').buckets[0]).not.toHaveProperty('batch')
})

test('tells no batch apart where a provider makes nothing else', () => {
  const [bucket] = ask(
    '1 gpt-image-2 1024x1024 low',
    { inBatch: true },
    {},
    openai({ api: 'batch' }),
  ).buckets
  expect(bucket).toMatchObject({ microUsd: 196 * 15 })
  expect(bucket).not.toHaveProperty('batch')
})

test('the configuration speaks for its own providers, models and prices', () => {
  const local = openai({
    id: 'local',
    baseURL: 'http://localhost:8080/v1',
    models: [{ id: 'flux' }, { id: 'dall-e-3' }],
    price: '$0.002',
  })
  const prices = { 'gpt-image-2.6-flare': { maxMicroUsd: 300_000 } }
  const { buckets } = ask(
    '4 flux square 5 dall-e-3 hd square 6 openai/dall-e-3 hd square 7 gpt-image-2.6-flare',
    {},
    { providers: [openai()], prices },
    local,
  )
  expect(buckets.map(({ provider, microUsd, basis }) => [provider, microUsd, basis])).toEqual([
    ['local', 2000, 'upper-bound'],
    ['local', 2000, 'upper-bound'],
    ['openai', 80_000, 'upper-bound'],
    ['openai', 300_000, 'rough'],
  ])
  expect(buckets[1]).not.toHaveProperty('retiresOn')
})

test('whoever draws sketches learns what pictures would cost', () => {
  const answer = ask('5 gpt-image-2 low square 5 low square', {}, {}, sketch())
  expect(answer.buckets).toMatchObject([
    { provider: 'openai', microUsd: 196 * 30 },
    { provider: 'sketch', microUsd: 0 },
  ])
  expect(whatIfText(answer)).toContain('openai/gpt-image-2-2026-04-21')
})

test('a price that is no amount is none', () => {
  const broken = silent(() => ({
    microUsd: Number.NaN,
    worstMicroUsd: 1,
    basis: 'exact',
    source: 'a typing error',
  }))
  expect(() => ask('1 fake-1', {}, {}, broken)).toThrow('Unknown price of `fake-1` from `fake`')
})

test('counts the worst case and the words of a prompt for themselves', () => {
  const priced = silent(({ prompt }) => ({
    microUsd: 40_000 + prompt.length,
    worstMicroUsd: 50_000 + 4 * prompt.length,
    basis: 'rough',
    source: 'a guess',
  }))
  const answer = ask('30 fake-1', { per: 'day' }, {}, priced)
  expect(answer.total).toEqual({ images: 30, microUsd: 1_200_000, worstMicroUsd: 1_500_000 })
  expect(answer.month).toEqual({ images: 900, microUsd: 36_000_000, worstMicroUsd: 45_000_000 })
  expect(answer.buckets).toMatchObject([
    { promptOf1000Bytes: { microUsd: 1000, worstMicroUsd: 4000 } },
  ])
  expect(whatIfText(answer)).toMatchInlineSnapshot(`
    "  count  model   size       quality  an image    sum  basis  source
         30  fake-1  1536x1024  medium      $0.04  $1.20  rough  [1]

    30 images a day: about $1.20, at most $1.50
    900 images a month of 30 days: about $36.00, at most $45.00

    not counted: pictures that go along, and prompts, of which 1000 bytes add about $0.001 and at most $0.004 to an image

    [1] a guess"
  `)
})

test.for([
  ['2026-11-30', 'gpt-image-1.5-2025-12-16 is shut down on 2026-12-01'],
  [
    '2026-12-01',
    'gpt-image-1.5-2025-12-16 was shut down on 2026-12-01 and is priced as it was, for comparison; its successor is gpt-image-2.6-flare',
  ],
] as const)('on %s it says: %s', ([today, note]) => {
  expect(whatIfText(ask('1 gpt-image-1.5', { today }))).toContain(note)
})

test('rounds sums from a dollar on to cents, and the worst case upwards', () => {
  const priced = silent(() => ({
    microUsd: 10_001,
    worstMicroUsd: 10_002,
    basis: 'exact',
    source: 'a list',
  }))
  expect(whatIfText(ask('10 fake-1', {}, {}, priced))).toContain(
    '10 images: $0.10001, at most $0.10002',
  )
  expect(whatIfText(ask('1000 fake-1', {}, {}, priced))).toContain(
    '1000 images: $10.00, at most $10.01',
  )
})

test.for<readonly [string, Partial<Question>, string]>([
  [
    '7 gpt-image-2.6-flare',
    {},
    "`7 gpt-image-2.6-flare`\n  Unknown price of `gpt-image-2.6-flare` from `openai`; add to imprompt.config: prices: { 'gpt-image-2.6-flare': { maxMicroUsd: 250_000 } }",
  ],
  [
    '7 gpt-image-2 auto',
    {},
    '`7 gpt-image-2 auto`\n  `quality=auto` cannot be priced before it is bought, expected `low`, `medium`, `high`',
  ],
  [
    '7 dall-e-2',
    {},
    '`7 dall-e-2`\n  No size is named, and `dall-e-2` cannot make `1536x1024`; it can make at most 256x256, 512x512, 1024x1024',
  ],
  [
    '7 dall-e-2 1536x1024',
    {},
    '`7 dall-e-2 1536x1024`\n  Unexpected size `1536x1024`: `dall-e-2` can make at most 256x256, 512x512, 1024x1024',
  ],
  [
    '7 gpt-image-2 max',
    {},
    '`7 gpt-image-2 max`\n  Unexpected value `max` of `quality`, expected `low`, `medium`, `high`, `auto`',
  ],
  [
    '7 dall-e-2 square hd',
    {},
    '`7 dall-e-2 square hd`\n  Unexpected attribute `quality`: `dall-e-2` of `openai` does not honour it; remove it or name another model',
  ],
  [
    '7',
    { model: 'gpt-imag-2', size: '12' },
    '`--model`\n  Unexpected value `gpt-imag-2` of `model`, expected a model that `imprompt models` lists, did you mean `gpt-image-2`\n`--size`\n  Unexpected value `12` of `size`, expected `1536x1024`, `16:9`, `square`, `landscape`, `portrait`, `wide` or `og`',
  ],
])('says what is wrong with `%s` %j', ([words, more, text]) => {
  expect(wrongWith(words, more)).toBe(text)
})

test('tells all that is wrong at once, in the order in which it was typed', () => {
  const lines = wrongWith('low 5 gpt-image-2.6-flare 0 low 3 low 4 dalle-2').split('\n')
  expect(lines.filter((line) => line.startsWith('`'))).toEqual([
    '`low`',
    '`5 gpt-image-2.6-flare`',
    '`0 low`',
    '`4 dalle-2`',
  ])
})

test('a wrong word cannot command a terminal', () => {
  expect(wrongWith('5 \u001B[2Jab\u202Ecd')).toContain('`5 abcd`')
})
