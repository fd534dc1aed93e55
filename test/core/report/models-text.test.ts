import { expect, test } from 'vitest'
import type { ModelFacts, ModelPrice } from '../../../packages/core/src/report/models.ts'
import { modelsText } from '../../../packages/core/src/report/models-text.ts'

const price: ModelPrice = {
  microUsd: 10_000,
  worstMicroUsd: 10_000,
  basis: 'upper-bound',
  asOf: '2026-11-22',
  source: 'a price list',
}

const model: ModelFacts = {
  provider: 'studio',
  id: 'brush-1',
  aliases: [],
  isDefault: false,
  status: 'active',
  sizes: { kind: 'list', sizes: [{ width: 1024, height: 1024 }] },
  qualities: [],
  honours: [],
  pricedSize: '1024x1024',
  prices: [price],
  seen: [],
}

/** The text of one row, its lines joined; nothing where there is no such row. */
function rowOf(label: string, facts: Partial<ModelFacts>): string | undefined {
  const lines = modelsText([{ ...model, ...facts }]).split('\n')
  const at = lines.findIndex((line) => line.startsWith(`    ${label} `))
  if (at < 0) return undefined
  const end = lines.findIndex((line, index) => index > at && !/^ {15}/.test(line))
  const texts = lines.slice(at, end < 0 ? undefined : end).map((line) => line.slice(15))
  return texts.join(' ')
}

const qualities = (...all: readonly Partial<ModelPrice>[]): Partial<ModelFacts> => ({
  prices: all.map((one) => ({ ...price, ...one })),
})

test.for<readonly [string, string, Partial<ModelFacts>, string | undefined]>([
  ['a price', 'price', {}, '1024x1024: $0.01'],
  [
    'a guess',
    'price',
    qualities({ quality: 'low', basis: 'rough' }, { quality: 'high', microUsd: 20_000 }),
    '1024x1024: low about $0.01, high $0.02',
  ],
  [
    'qualities of one price together',
    'price',
    qualities({ quality: 'low' }, { quality: 'medium' }, { quality: 'high', microUsd: 20_000 }),
    '1024x1024: low and medium $0.01, high $0.02',
  ],
  ['no worst case where it is the price itself', 'at most', {}, undefined],
  [
    'the worst case where it is another',
    'at most',
    qualities(
      { quality: 'low', worstMicroUsd: 15_000 },
      { quality: 'high', microUsd: 20_000, worstMicroUsd: 20_000 },
    ),
    '1024x1024: low $0.015, high $0.02',
  ],
  ['the price in a batch', 'in a batch', qualities({ batchMicroUsd: 5000 }), '1024x1024: $0.005'],
  [
    'which quality has another price in a batch',
    'in a batch',
    qualities({ quality: 'low' }, { quality: 'high', batchMicroUsd: 5000 }),
    '1024x1024: high $0.005',
  ],
  [
    'a ceiling as what it is',
    'at most',
    qualities({ microUsd: 250_000, worstMicroUsd: 250_000, isCeiling: true }),
    '$0.25 a picture, by `prices` of the configuration',
  ],
  ['no price beside a ceiling', 'price', qualities({ isCeiling: true }), undefined],
  ['the source with its day', 'source', {}, 'a price list, read on 2026-11-22'],
])('tells %s', ([, label, facts, text]) => {
  expect(rowOf(label, facts)).toBe(text)
})

const published = {
  source: 'two resellers',
  asOf: '2026-11-20',
  confidence: 'medium',
  unverified: 'tokens of a picture',
  imageTokenMicroUsd: 30,
} as const

test('tells how sure a price is and what of it nobody could verify', () => {
  expect(rowOf('source', { published })).toBe(
    'a price list, read on 2026-11-22; confidence: medium',
  )
  expect(rowOf('unverified', { published })).toBe('tokens of a picture')
  expect(rowOf('rate', { published })).toBeUndefined()
})

test('tells the rate of tokens with its source where no price is published', () => {
  const facts = { prices: [], published }
  expect(rowOf('rate', facts)).toBe('$30.00 a million image tokens')
  expect(rowOf('source', facts)).toBe('two resellers, read on 2026-11-20; confidence: medium')
})

test('gives the line to paste in one piece where no price is known', () => {
  const id = 'gpt-image-2.6-sunburst'
  const lines = modelsText([{ ...model, id, prices: [] }]).split('\n')
  expect(lines.map((line) => line.trim())).toContain(
    `\`prices: { '${id}': { maxMicroUsd: 250_000 } }\``,
  )
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80)
})

test('breaks long rows within 80 columns, and never between an amount and its quality', () => {
  const text = modelsText([
    {
      ...model,
      ...qualities(
        ...['low', 'medium', 'high', 'xhigh', 'max'].map((quality, at) => ({
          quality,
          microUsd: 123_456 * (at + 1),
          basis: 'rough' as const,
        })),
      ),
    },
  ])
  expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80)
  expect(text).toMatch(/high about \$0\.370368/)
  expect(text).toMatch(/xhigh about \$0\.493824/)
  expect(text).toMatch(/max about \$0\.61728/)
})

test('tells what stored pictures took', () => {
  const shape = { size: '1024x1024', quality: 'low', pictures: 2 }
  const bill = { minMicroUsd: 9000, maxMicroUsd: 12_000 }
  const seen = [{ ...shape, minTokens: 300, maxTokens: 400, billed: bill }]
  expect(rowOf('seen', { seen })).toBe(
    '1024x1024 low: 300 to 400 image tokens, billed $0.009 to $0.012 each, by 2 stored pictures',
  )
  const one = { size: '64x64', frames: 3, minTokens: 7, maxTokens: 7, pictures: 1 } as const
  expect(rowOf('seen', { seen: [one] })).toBe('64x64 3 frames: 7 image tokens, by 1 stored picture')
})

test.for<readonly [Partial<ModelFacts>, string]>([
  [{}, 'active'],
  [
    { status: 'retiring', retiresOn: '2026-12-01', daysLeft: 7, successor: 'brush-2' },
    'retires on 2026-12-01, in 7 days; its successor is brush-2',
  ],
  [
    { status: 'retiring', retiresOn: '2026-11-25', daysLeft: 1, retirementBy: 'server' },
    'retires on 2026-11-25, in 1 day, as its server says',
  ],
  [{ status: 'retired', retiresOn: '2026-05-12' }, 'retired on 2026-05-12'],
])('tells of %o: %s', ([facts, text]) => {
  expect(rowOf('status', facts)).toBe(text)
})

test('tells nothing but its end of a retired model', () => {
  const text = modelsText([{ ...model, status: 'retired', retiresOn: '2026-05-12', prices: [] }])
  expect(text).toBe('studio\n\n  brush-1\n    status     retired on 2026-05-12')
})

test('obeys no control character of a name', () => {
  expect(modelsText([{ ...model, id: 'b\u001B[31mrush' }])).toContain('  brush\n')
})
