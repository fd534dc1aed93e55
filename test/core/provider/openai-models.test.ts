import { expect, test } from 'vitest'

import { modelOf } from '../../../packages/core/src/provider/openai/models.ts'
import { openai } from '../../../packages/core/src/provider/openai/openai.ts'
import { drivers } from '../../../packages/core/src/provider/openai/drivers.ts'
import {
  priceInWords,
  successorInWords,
} from '../../../packages/core/src/provider/openai/price-in-words.ts'
import { priceRows } from '../../../packages/core/src/provider/openai/price-rows.ts'
import { servedTariffOf } from '../../../packages/core/src/provider/openai/tariff.ts'

const { models, defaultModel } = openai()

test('defaults to a dated snapshot', () => {
  expect(defaultModel).toBe('gpt-image-2.5-flare-2026-09-08')
  expect(modelOf(defaultModel)?.aliases).toEqual(['gpt-image-2.5-flare'])
})

test('gives every name to one model only', () => {
  const names = models.flatMap(({ id, aliases }) => [id, ...aliases])
  expect(new Set(names).size).toBe(names.length)
})

test.for([
  ['dall-e-2', '2026-05-12'],
  ['dall-e-3', '2026-05-12'],
  ['gpt-image-1', '2026-10-23'],
  ['gpt-image-1-mini', '2026-12-01'],
  ['gpt-image-1.5', '2026-12-01'],
  ['gpt-image-1.5-2025-12-16', '2026-12-01'],
  ['chatgpt-image-latest', '2026-12-01'],
  ['gpt-image-2', undefined],
  ['gpt-image-2.5-sunburst', undefined],
  ['gpt-image-2.6-flare', undefined],
] as const)('%s retires on %s', ([name, day]) => {
  const model = modelOf(name)
  expect(model).toBeDefined()
  expect(model?.retiresOn).toBe(day)
})

test.for(['gpt-image-2', 'gpt-image-2.5-flare', 'gpt-image-2.6-sunburst'])(
  '%s makes any size on the grid',
  (name) => {
    expect(modelOf(name)?.sizes).toEqual({
      kind: 'grid',
      step: 16,
      maxEdge: 3840,
      maxRatio: 3,
      minPixels: 655_360,
      maxPixels: 3840 * 2160,
    })
  },
)

test.for([
  ['gpt-image-1.5', ['1024x1024', '1536x1024', '1024x1536']],
  ['gpt-image-1-mini', ['1024x1024', '1536x1024', '1024x1536']],
  ['dall-e-3', ['1024x1024', '1792x1024', '1024x1792']],
  ['dall-e-2', ['256x256', '512x512', '1024x1024']],
] as const)('%s makes %s', ([name, sizes]) => {
  const rule = modelOf(name)?.sizes
  const listed = rule?.kind === 'list' ? rule.sizes : []
  expect(listed.map(({ width, height }) => `${width}x${height}`)).toEqual(sizes)
})

test.for([
  ['gpt-image-2', ['low', 'medium', 'high', 'auto'], 32_000],
  ['gpt-image-2.5-flare', ['low', 'medium', 'high', 'xhigh', 'max', 'auto'], 32_000],
  ['gpt-image-2.6-flare', ['low', 'medium', 'high', 'xhigh', 'max', 'auto'], 32_000],
  ['dall-e-3', ['standard', 'hd'], 4000],
  ['dall-e-2', ['standard'], 1000],
] as const)('%s takes %s', ([name, qualities, limit]) => {
  expect(modelOf(name)?.qualities).toEqual(qualities)
  expect(modelOf(name)?.maxPromptCodePoints).toBe(limit)
})

test('has a tariff of the day for exactly the models that were served in November 2026', () => {
  const served = models.filter(({ retiresOn = '9' }) => retiresOn > '2026-11-22')
  expect(models.filter(({ id }) => servedTariffOf(id) !== undefined)).toEqual(served)
})

test('has one row of prices for each model, with its source, day and confidence', () => {
  expect(priceRows.map(({ model }) => model).toSorted()).toEqual(
    models.map(({ id }) => id).toSorted(),
  )
  for (const { source, asOf, confidence } of [...priceRows, ...drivers]) {
    expect(source).not.toBe('')
    expect(asOf).toMatch(/^2026-(?:08-21|11-22)$/)
    expect(confidence).toMatch(/^(?:high|medium|low)$/)
  }
})

const gptImage = ['quality', 'background', 'moderation', 'ref', 'mask', 'vary'] as const

test.for([
  ['gpt-image-2', gptImage, 16],
  ['gpt-image-2.5-sunburst', gptImage, 16],
  ['gpt-image-2.6-flare', [...gptImage, 'complexity', 'animated', 'vector'], 16],
  ['gpt-image-1.5', gptImage, 16],
  ['dall-e-3', ['quality', 'rendering'], undefined],
  ['dall-e-2', ['ref', 'mask', 'vary'], 1],
] as const)('%s honours %j, with %s references at most', ([name, honours, references]) => {
  expect(modelOf(name)?.honours).toEqual(honours)
  expect(modelOf(name)?.maxReferences).toBe(references)
})

test('says which animations, renderings and variations there are', () => {
  const told = models.filter(
    ({ frames, renderings, variesWithoutPrompt }) =>
      frames !== undefined || renderings !== undefined || variesWithoutPrompt !== undefined,
  )
  expect(told).toMatchObject([
    { id: 'gpt-image-2.6-flare', frames: { min: 2, max: 16 } },
    { id: 'gpt-image-2.6-sunburst', frames: { min: 2, max: 16 } },
    { id: 'dall-e-3', renderings: ['vivid', 'natural'] },
    { id: 'dall-e-2', variesWithoutPrompt: true },
  ])
})

test('gives every model that retires a successor that OpenAI serves and prices', () => {
  for (const { id, successor = '' } of models.filter(({ retiresOn }) => retiresOn !== undefined)) {
    expect(modelOf(successor)?.retiresOn, id).toBeUndefined()
    expect(successorInWords(id), id).toContain(`\`${successor}\`, $`)
  }
})

test.for([
  ['dall-e-3', '`gpt-image-2.5-flare-2026-09-08`, $0.01317 for 1024x1024 in medium quality'],
  [
    'gpt-image-1.5',
    '`gpt-image-2.6-flare`, $30.00 a million image tokens, with no published price of a picture',
  ],
  ['gpt-image-2', undefined],
  ['flux', undefined],
] as const)('%s is followed by %s', ([name, words]) => {
  expect(successorInWords(name)).toBe(words)
})

test.for(['gpt-image-1', 'dall-e-2', 'flux'])(
  'tells no price of %s, which OpenAI does not serve',
  (name) => {
    expect(priceInWords(name)).toBeUndefined()
  },
)
