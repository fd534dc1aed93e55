import { expect, test } from 'vitest'
import { authoredKeyOf, requestHashOf, sha256Of } from '../../../packages/core/src/key/key.ts'
import type { Entry, Model, RecordedRequest, Usage } from '../../../packages/core/src/ports.ts'
import { seenOf } from '../../../packages/core/src/report/seen.ts'
import { mute, requestIn } from '../../support/fakes.ts'

const [plain] = mute.models
if (plain === undefined) throw new Error('no model')
const model: Model = { ...plain, aliases: ['fake-latest'] }
const author = requestIn('![gen: a fox](size=1024x1024)')

function bought(request: Partial<RecordedRequest>, more: Partial<Entry> = {}): Entry {
  const whole = { ...author.request, ...request }
  return {
    schema: 1,
    key: authoredKeyOf(author),
    requestHash: requestHashOf(whole),
    request: whole,
    wanted: whole.size,
    original: {
      ...whole.size,
      sha256: sha256Of(Buffer.from('a picture')),
      format: 'png',
      bytes: 9,
      isOpaque: true,
      digitalSourceType: 'trainedAlgorithmicMedia',
    },
    cost: { microUsd: 9000, basis: 'usage', usage: usageOf(300) },
    boughtAt: '2026-11-01T00:00:00.000Z',
    ...more,
  }
}

function usageOf(imageOutput: number): Usage {
  return { textInput: 5, imageInput: 0, textOutput: 0, imageOutput }
}

function billed(tokens: number, microUsd: number): Pick<Entry, 'cost'> {
  return { cost: { microUsd, basis: 'usage', usage: usageOf(tokens) } }
}

const see = (...entries: readonly Entry[]) => seenOf(model, 'fake', entries)

test('tells the fewest and the most tokens of pictures that are alike, and what they cost', () => {
  expect(
    see(
      bought({ prompt: 'a fox' }, billed(310, 9400)),
      bought({ prompt: 'a hen' }, billed(290, 9500)),
      bought({ prompt: 'an owl', quality: 'high' }, billed(100, 3000)),
    ),
  ).toEqual([
    {
      size: '1024x1024',
      quality: 'high',
      minTokens: 100,
      maxTokens: 100,
      billed: { minMicroUsd: 3000, maxMicroUsd: 3000 },
      pictures: 1,
    },
    {
      size: '1024x1024',
      quality: 'medium',
      minTokens: 290,
      maxTokens: 310,
      billed: { minMicroUsd: 9400, maxMicroUsd: 9500 },
      pictures: 2,
    },
  ])
})

test('counts a purchase once that several entries share', () => {
  const entry = bought({})
  expect(see(entry, entry)).toMatchObject([{ pictures: 1 }])
})

test('goes by the size and quality that the answer names', () => {
  const making = { size: { width: 2048, height: 1024 }, quality: 'low' }
  expect(see(bought({ quality: 'auto' }, { making }))).toMatchObject([
    { size: '2048x1024', quality: 'low' },
  ])
})

test('keeps animations and drawings apart from still pictures', () => {
  const shapes = see(bought({}), bought({ frames: 4 }), bought({ vector: true }))
  expect(shapes.map(({ frames, vector }) => ({ frames, vector }))).toEqual([
    { frames: undefined, vector: undefined },
    { frames: 4, vector: undefined },
    { frames: undefined, vector: true },
  ])
})

test('knows the pictures that were asked for by an alias', () => {
  expect(see(bought({ model: 'fake-latest' }))).toHaveLength(1)
})

test('tells tokens without an amount where only an estimate stands for the bill', () => {
  const [seen] = see(
    bought({}, { cost: { microUsd: 50_000, basis: 'estimate', usage: usageOf(7) } }),
  )
  expect(seen).toMatchObject({ minTokens: 7, maxTokens: 7, pictures: 1 })
  expect(seen).not.toHaveProperty('billed')
})

test.for<readonly [string, Entry]>([
  ['another model', bought({ model: 'plain' })],
  ['another provider', bought({ provider: 'other' })],
  ['a provider that answered in its place', bought({}, { making: { provider: 'other' } })],
  ['an answer without a usage', bought({}, { cost: { microUsd: 40_000, basis: 'usage' } })],
])('learns nothing from %s', ([, entry]) => {
  expect(see(entry)).toEqual([])
})
