import { expect, test } from 'vitest'

import { fallback } from '../../../packages/core/src/provider/fallback/fallback.ts'
import { openai } from '../../../packages/core/src/provider/openai/openai.ts'
import { tariffOf } from '../../../packages/core/src/provider/openai/tariff.ts'
import type { GenerateInput } from '../../../packages/core/src/ports.ts'
import { microUsdOf, tokensOf, type Order } from '../../support/openai/bill.ts'

const provider = openai()

function input(
  model: string,
  size: string,
  quality: string | undefined,
  prompt = 'x',
): GenerateInput {
  const [width = 0, height = 0] = size.split('x').map(Number)
  return {
    model,
    prompt,
    size: { width, height },
    take: 1,
    ...(quality === undefined ? {} : { quality }),
  }
}

/** The picture's part of an estimate: without the one token of the prompt `x`. */
function pictureMicroUsd(model: string, size: string, quality: string): number | undefined {
  const microUsd = provider.estimate(input(model, size, quality))?.microUsd
  return microUsd === undefined ? undefined : microUsd - (tariffOf(model)?.rates?.textInput ?? 0)
}

test.for([
  ['1024x1024', 'low', '0.006'],
  ['1024x1536', 'low', '0.005'],
  ['1536x1024', 'low', '0.005'],
  ['1024x1024', 'medium', '0.053'],
  ['1024x1536', 'medium', '0.041'],
  ['1536x1024', 'medium', '0.041'],
  ['1024x1024', 'high', '0.211'],
  ['1024x1536', 'high', '0.165'],
  ['1536x1024', 'high', '0.165'],
] as const)('prices gpt-image-2 at %s %s as published: $%s', ([size, quality, published]) => {
  const microUsd = pictureMicroUsd('gpt-image-2', size, quality) ?? 0
  expect((microUsd / 1_000_000).toFixed(3)).toBe(published)
})

test.for([
  ['1024x1024', [196, 439, 1756, 3122, 7024]],
  ['1536x1024', [158, 343, 1372, 2459, 5488]],
  ['1024x1536', [158, 343, 1372, 2459, 5488]],
  ['1024x768', [134, 301, 1204, 2140, 4815]],
  ['1280x720', [106, 246, 947, 1683, 3787]],
  ['1536x864', [120, 280, 1078, 1917, 4312]],
  ['2048x1152', [157, 367, 1413, 2511, 5650]],
  ['2048x2048', [397, 892, 3568, 6343, 14272]],
  ['2560x1440', [205, 478, 1843, 3276, 7370]],
  ['3840x2160', [371, 865, 3336, 5930, 13342]],
  ['2160x3840', [371, 865, 3336, 5930, 13342]],
] as const)('draws %s with the published tokens', ([size, [low, medium, high, xhigh, max]]) => {
  const flare = (quality: string): number =>
    (pictureMicroUsd('gpt-image-2.5-flare', size, quality) ?? 0) / 30
  const two = (quality: string): number => (pictureMicroUsd('gpt-image-2', size, quality) ?? 0) / 30
  expect(['low', 'medium', 'high', 'xhigh', 'max'].map(flare)).toEqual([
    low,
    medium,
    high,
    xhigh,
    max,
  ])
  expect(['low', 'medium', 'high'].map(two)).toEqual([low, high, max])
})

/** Every size on the grid, wide ones only, in every quality. */
function* orders(model: string): Generator<Order> {
  for (let width = 16; width <= 3840; width += 16) {
    for (let height = Math.ceil(width / 48) * 16; height <= width; height += 16) {
      if (width * height < 655_360 || width * height > 8_294_400) continue
      for (const quality of ['low', 'medium', 'high', 'xhigh', 'max']) {
        yield { model, width, height, quality, prompt: 'x', n: 1 }
      }
    }
  }
}

test('agrees with whole-number arithmetic but where the published expression misses a half', () => {
  const differing: string[] = []
  for (const order of orders('gpt-image-2.5-sunburst')) {
    const size = `${order.width}x${order.height}`
    const estimate = provider.estimate(input(order.model, size, order.quality))
    if (estimate?.microUsd !== microUsdOf(order)) differing.push(`${size} ${order.quality}`)
    expect(estimate?.worstMicroUsd).toBeGreaterThanOrEqual(microUsdOf(order))
    expect(estimate?.worstMicroUsd).toBeGreaterThanOrEqual(estimate?.microUsd ?? Infinity)
  }
  expect(differing).toEqual([
    '1536x944 high',
    '2048x784 xhigh',
    '2048x1584 xhigh',
    '2048x1968 xhigh',
    '3072x1888 high',
  ])
})

test.for([
  ['gpt-image-1.5', '1024x1024', ['0.009', '0.034', '0.133']],
  ['gpt-image-1.5', '1024x1536', ['0.013', '0.051', '0.200']],
  ['gpt-image-1.5', '1536x1024', ['0.013', '0.050', '0.199']],
  ['gpt-image-1.5-2025-12-16', '1024x1024', ['0.009', '0.034', '0.133']],
  ['chatgpt-image-latest', '1024x1024', ['0.009', '0.034', '0.133']],
  ['gpt-image-1-mini', '1024x1024', ['0.005', '0.011', '0.036']],
  ['gpt-image-1-mini', '1024x1536', ['0.006', '0.015', '0.052']],
  ['gpt-image-1-mini', '1536x1024', ['0.006', '0.015', '0.052']],
] as const)('prices %s at %s', ([model, size, dollars]) => {
  const priced = ['low', 'medium', 'high'].map((quality) =>
    ((pictureMicroUsd(model, size, quality) ?? 0) / 1_000_000).toFixed(3),
  )
  expect(priced).toEqual(dollars)
})

test('the listed price of gpt-image-1-mini exceeds its tokens everywhere', () => {
  for (const size of ['1024x1024', '1536x1024', '1024x1536']) {
    for (const quality of ['low', 'medium', 'high']) {
      const [width = 0, height = 0] = size.split('x').map(Number)
      const order = { model: 'gpt-image-1-mini', width, height, quality, prompt: 'x', n: 1 }
      expect(pictureMicroUsd(order.model, size, quality)).toBeGreaterThan(
        tokensOf(order).output * 8,
      )
    }
  }
})

test.for([
  ['no published token table', input('gpt-image-2.6-flare', '1024x1024', 'high')],
  ['no published token table', input('gpt-image-2.6-sunburst', '1024x1024', 'low')],
  ['an open quality', input('gpt-image-2', '1024x1024', undefined)],
  ['the quality auto', input('gpt-image-2', '1024x1024', 'auto')],
  ['a quality of other models', input('gpt-image-2', '1024x1024', 'max')],
  ['a size outside its table', input('gpt-image-1.5', '2048x2048', 'low')],
  ['a retired model', input('dall-e-3', '1024x1024', 'standard')],
  ['a retired model', input('gpt-image-1', '1024x1024', 'low')],
  ['an animation', { ...input('gpt-image-2', '1024x1024', 'low'), frames: 9 }],
  ['a vector drawing', { ...input('gpt-image-2', '1024x1024', 'low'), vector: true }],
  ['a foreign model', input('flux', '1024x1024', 'low')],
] as const)('knows no price for %s', ([, unpriced]) => {
  expect(provider.estimate(unpriced)).toBeUndefined()
})

test('counts the prompt in UTF-8 bytes: four a token expected, one a token at worst', () => {
  const prompt = 'Ein Fährhaus in der Dämmerung 🌊'
  const bytes = 36
  expect(Buffer.byteLength(prompt)).toBe(bytes)
  const estimate = provider.estimate(
    input('gpt-image-2.5-flare-2026-09-08', '1536x1024', 'medium', prompt),
  )
  expect(estimate).toEqual({
    microUsd: 343 * 30 + (bytes / 4) * 5,
    worstMicroUsd: 343 * 30 + bytes * 5,
    basis: 'upper-bound',
    asOf: '2026-11-22',
    source: 'OpenAI pricing page and image token calculator',
  })
})

test('calls an estimate rough where text output is billed without a bound', () => {
  expect(provider.estimate(input('gpt-image-1.5', '1024x1024', 'low'))?.basis).toBe('rough')
})

test.for([
  ['dall-e-3', '1024x1024', 'standard', 40_000],
  ['dall-e-2', '512x512', undefined, 18_000],
  ['gpt-image-1', '1024x1024', 'low', 272 * 40],
] as const)('tells what %s last cost, for comparisons alone', ([model, size, quality, price]) => {
  const asked = input(model, size, quality, '')
  expect(provider.estimateRetired?.(asked)).toMatchObject({ microUsd: price, worstMicroUsd: price })
  expect(provider.estimate(asked)).toBeUndefined()
  expect(fallback([provider]).estimateRetired?.(asked)?.microUsd).toBe(price)
})

test('tells no last price of what is served, is foreign, or was never OpenAI’s to retire', () => {
  const elsewhere = openai({ baseURL: 'http://localhost:8080/v1', id: 'local', price: 'openai' })
  expect(provider.estimateRetired?.(input('gpt-image-2', '1024x1024', 'low'))).toBeUndefined()
  expect(provider.estimateRetired?.(input('flux', '1024x1024', 'low'))).toBeUndefined()
  expect(elsewhere.estimateRetired).toBeUndefined()
})

test('prices OpenAI’s own host only', () => {
  const asked = input('gpt-image-2', '1024x1024', 'low')
  const named = openai({ baseURL: 'https://api.openai.com/v1' })
  const foreign = openai({ baseURL: 'http://localhost:8080/v1', id: 'local' })
  expect(named.estimate(asked)).toEqual(provider.estimate(asked))
  expect(foreign.estimate(asked)).toBeUndefined()
})
