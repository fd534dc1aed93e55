import { expect, test } from 'vitest'

import { requestHashOf, sha256Of } from '../../../packages/core/src/key/key.ts'
import { driverOf } from '../../../packages/core/src/provider/openai/drivers.ts'
import { billed } from '../../../packages/core/src/provider/openai/bill.ts'
import { estimate, estimateElsewhere } from '../../../packages/core/src/provider/openai/price.ts'
import { tariffOf } from '../../../packages/core/src/provider/openai/tariff.ts'
import type { GenerateInput } from '../../../packages/core/src/ports.ts'

function input(model: string, size: string, quality?: string): GenerateInput {
  const [width = 0, height = 0] = size.split('x').map(Number)
  return {
    model,
    prompt: '',
    size: { width, height },
    ...(quality !== undefined && { quality }),
    take: 1,
  }
}

const sha256 = sha256Of(Buffer.from('a picture'))
const requestHash = requestHashOf({
  ...input('gpt-image-2', '1024x1024', 'low'),
  provider: 'openai',
})
const million = { textInput: 0, imageInput: 0, textOutput: 0, imageOutput: 0 }

/** Square, portrait, landscape, in dollars as they stand in the vendor's guide. */
test.for([
  ['gpt-image-2', 'low', [0.006, 0.005, 0.005]],
  ['gpt-image-2', 'medium', [0.053, 0.041, 0.041]],
  ['gpt-image-2', 'high', [0.211, 0.165, 0.165]],
  ['gpt-image-1.5', 'low', [0.009, 0.013, 0.013]],
  ['gpt-image-1.5', 'medium', [0.034, 0.05, 0.05]],
  ['gpt-image-1.5', 'high', [0.133, 0.2, 0.2]],
  ['gpt-image-1-mini', 'low', [0.005, 0.006, 0.006]],
  ['gpt-image-1-mini', 'medium', [0.011, 0.015, 0.015]],
  ['gpt-image-1-mini', 'high', [0.036, 0.052, 0.052]],
  ['gpt-image-1', 'low', [0.011, 0.016, 0.016]],
  ['gpt-image-1', 'medium', [0.042, 0.063, 0.063]],
  ['gpt-image-1', 'high', [0.167, 0.25, 0.25]],
] as const)('prices %s %s as published, to its rounding', ([model, quality, dollars]) => {
  for (const [index, size] of ['1024x1024', '1024x1536', '1536x1024'].entries()) {
    const published = dollars[index] ?? Number.NaN
    const microUsd = estimateElsewhere(input(model, size, quality))?.microUsd ?? 0
    const distance = Math.abs(microUsd / 1_000_000 - published)
    expect(distance, size).toBeLessThanOrEqual(Math.max(0.000_7, published / 100))
  }
})

test.for([
  ['dall-e-3', '1024x1024', 'standard', 40_000],
  ['dall-e-3', '1792x1024', 'standard', 80_000],
  ['dall-e-3', '1024x1792', 'standard', 80_000],
  ['dall-e-3', '1024x1024', 'hd', 80_000],
  ['dall-e-3', '1792x1024', 'hd', 120_000],
  ['dall-e-3', '1024x1792', 'hd', 120_000],
  // It takes no `quality`, so that no request has one.
  ['dall-e-2', '256x256', undefined, 16_000],
  ['dall-e-2', '512x512', undefined, 18_000],
  ['dall-e-2', '1024x1024', undefined, 20_000],
] as const)(
  '%s at %s %s costs %i elsewhere, nothing at OpenAI',
  ([model, size, quality, price]) => {
    const worded = { ...input(model, size, quality), prompt: 'a lighthouse', references: [sha256] }
    expect(estimateElsewhere(worded)).toMatchObject({
      microUsd: price,
      worstMicroUsd: price,
      basis: 'upper-bound',
      asOf: '2026-08-21',
    })
    expect(estimate(worded)).toBeUndefined()
    expect(billed(model, million)).toBeUndefined()
  },
)

test.for(['gpt-image-2', 'dall-e-3', 'flux'])(
  'knows no price of %s where the quality is left open',
  (model) => {
    expect(estimateElsewhere(input(model, '1024x1024'))).toBeUndefined()
  },
)

/** Text in, image in, text out, image out: dollars a million tokens, standard and batch. */
test.for([
  ['gpt-image-2.6-sunburst', [5, 8, 30], undefined],
  ['gpt-image-2.6-flare', [5, 8, 30], undefined],
  ['gpt-image-2.5-sunburst', [5, 8, 30], undefined],
  ['gpt-image-2.5-flare', [5, 8, 30], undefined],
  ['gpt-image-2', [5, 8, 30], [2.5, 4, 15]],
  ['gpt-image-1.5', [5, 8, 32], [2.5, 4, 16]],
  ['chatgpt-image-latest', [5, 8, 32], [2.5, 4, 16]],
  ['gpt-image-1-mini', [2, 2.5, 8], [1, 1.25, 4]],
  ['gpt-image-1', [5, 10, 40], [2.5, 5, 20]],
] as const)('bills %s at the published rates, in a batch too', ([model, rates, inBatch]) => {
  const bills = (tier: 'standard' | 'batch'): readonly (number | undefined)[] =>
    (['textInput', 'imageInput', 'imageOutput'] as const).map((kind) => {
      const microUsd = billed(model, { ...million, [kind]: 1_000_000 }, { tier })
      // What a listed price adds to a picture is lost in the rounding.
      return microUsd === undefined ? undefined : Math.round(microUsd / 10_000) / 100
    })
  expect(bills('standard')).toEqual(rates)
  expect(bills('batch')).toEqual(inBatch ?? rates)
  expect(tariffOf(model)?.batchRates === undefined).toBe(inBatch === undefined)
})

test('bills text output where it is published, rounded up', () => {
  const words = { ...million, textOutput: 3 }
  expect(billed('gpt-image-1.5', words)).toBe(30)
  expect(billed('gpt-image-1.5', words, { tier: 'batch' })).toBe(15)
  expect(billed('gpt-image-1-mini', { ...million, imageInput: 3 })).toBe(8)
})

test.for(['gpt-image-2', 'gpt-image-2.5-flare', 'gpt-image-2.6-sunburst', 'gpt-image-1-mini'])(
  'knows no bill for text output of %s, whose price nobody publishes',
  (model) => {
    const usage = { ...million, textInput: 10, imageOutput: 196 }
    expect(billed(model, usage)).toBeTypeOf('number')
    expect(billed(model, { ...usage, textOutput: 1 })).toBeUndefined()
    expect(billed(model, { ...usage, textOutput: 1 }, { tier: 'batch' })).toBeUndefined()
  },
)

/** Cached text and image, in dollars a million tokens, standard and batch. */
test.for([
  ['gpt-image-2.6-flare', [1.25, 2], [1.25, 2]],
  ['gpt-image-2.5-flare', [1.25, 2], [1.25, 2]],
  ['gpt-image-2', [1.25, 2], [0.625, 1]],
  ['gpt-image-1.5', [1.25, 2], [0.63, 1]],
  ['gpt-image-1-mini', [0.2, 0.25], [0.1, 0.13]],
  ['gpt-image-1', [1.25, 2.5], [0.63, 1.25]],
] as const)('bills what %s had cached at the published rates', ([model, standard, inBatch]) => {
  const usage = { ...million, textInput: 1_000_000, imageInput: 1_000_000 }
  const cached = { text: 1_000_000, image: 1_000_000 }
  const dollars = ([text, image]: readonly [number, number]): number =>
    Math.round((text + image) * 1_000_000)
  expect(billed(model, usage, { cached })).toBe(dollars(standard))
  expect(billed(model, usage, { cached, tier: 'batch' })).toBe(dollars(inBatch))
  const more = { text: 1_000_001, image: 1_000_001 }
  expect(billed(model, usage, { cached: more })).toBe(billed(model, usage))
})

test.for([
  [272, 5000],
  [408, 6000],
  [400, 6000],
  [1056, 11_000],
  [1584, 15_000],
  [1568, 15_000],
  [4160, 36_000],
  [6240, 52_000],
  [6208, 52_000],
] as const)(
  'bills %i tokens of gpt-image-1-mini as listed: %i micro-dollars',
  ([imageOutput, listed]) => {
    const usage = { ...million, textInput: 1, imageOutput }
    expect(billed('gpt-image-1-mini', usage)).toBe(listed + 2)
    expect(billed('gpt-image-1-mini', usage, { tier: 'batch' })).toBe(listed / 2 + 1)
    const shown = { ...usage, imageOutput: imageOutput + 300 }
    expect(billed('gpt-image-1-mini', shown)).toBe(listed + 2400 + 2)
    const strange = { ...usage, imageOutput: imageOutput + 7 }
    expect(billed('gpt-image-1-mini', strange)).toBeGreaterThanOrEqual(listed + 56 + 2)
  },
)

test('halves in a batch what the batch table halves, and nothing else', () => {
  const two = input('gpt-image-2', '1024x1024', 'medium')
  expect(estimate(two, { tier: 'batch' })?.worstMicroUsd).toBe(1756 * 15)
  const twoFive = input('gpt-image-2.5-flare', '1024x1024', 'medium')
  expect(estimate(twoFive, { tier: 'batch' })).toEqual(estimate(twoFive))
})

test('expects half the listed price of gpt-image-1-mini in a batch, and all of it at worst', () => {
  expect(estimate(input('gpt-image-1-mini', '1024x1024', 'low'), { tier: 'batch' })).toMatchObject({
    microUsd: 2500,
    worstMicroUsd: 5000,
    basis: 'rough',
  })
})

test.for([
  [{ references: [sha256] }, 1],
  [{ basedOn: requestHash }, 1],
  [{ basedOn: requestHash, references: [sha256, sha256], mask: sha256 }, 4],
] as const)('adds the pictures of %j, of which it is not sure', ([pictures, count]) => {
  const plain = input('gpt-image-2', '1024x1024', 'low')
  expect(estimate({ ...plain, ...pictures })).toMatchObject({
    microUsd: 196 * 30 + count * 1536 * 8,
    worstMicroUsd: 196 * 30 + count * 12_150 * 8,
    basis: 'rough',
  })
})

test('takes the pictures that go along to be as large as the one asked for', () => {
  const wide = { ...input('gpt-image-2', '1536x1024', 'low'), references: [sha256] }
  expect(estimate(wide)).toMatchObject({ microUsd: 158 * 30 + 2304 * 8 })
})

test('answers whole micro-dollars where a token costs a fraction of one', () => {
  const odd = {
    ...input('gpt-image-1-mini', '1024x1024', 'low'),
    prompt: 'xxx',
    references: [sha256],
  }
  for (const tier of ['standard', 'batch'] as const) {
    const price = estimate(odd, { tier })
    expect(Number.isSafeInteger(price?.microUsd)).toBe(true)
    expect(Number.isSafeInteger(price?.worstMicroUsd)).toBe(true)
  }
  expect(
    estimate({ ...input('gpt-image-2', '1024x1024', 'low'), prompt: 'x' }, { tier: 'batch' }),
  ).toMatchObject({ microUsd: 196 * 15 + 3 })
})

test('adds a hundred image tokens for each partial image', () => {
  const asked = input('gpt-image-2.5-flare', '1024x1024', 'low')
  expect(estimate(asked, { partialImages: 3 })).toMatchObject({
    microUsd: (196 + 300) * 30,
    worstMicroUsd: (196 + 300) * 30,
  })
})

test.for([
  ['gpt-6.1-terra', 1, 0.05, 5],
  ['gpt-6-sol', 2, undefined, 10],
  ['gpt-5.6-terra', 2, undefined, 12],
  ['gpt-5.6-luna', 0.2, undefined, 1.2],
] as const)('%s drives at the published rates', ([model, ...rates]) => {
  const driver = driverOf(model)
  expect([driver?.input, driver?.cachedInput, driver?.output]).toEqual(rates)
})

test('knows no price of a foreign driver', () => {
  expect(driverOf('gpt-6-luna')).toBeUndefined()
})
