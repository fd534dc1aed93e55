import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { whatIf } from '../../../packages/core/src/estimate/what-if.ts'
import { openai } from '../../../packages/core/src/provider/openai/openai.ts'
import { settingsOf } from '../../support/fakes.ts'

type ByQuality = Readonly<Record<string, Readonly<Record<string, number>>>>

/** What the vendor publishes of a model, copied from where `source` says. */
interface Published {
  readonly model: string
  readonly dollarsAnImage?: ByQuality
  readonly imageTokens?: ByQuality
  readonly dollarsAMillionImageTokens?: number
  /** `null` where the table of batch prices does not list the model. */
  readonly batchDollarsAMillionImageTokens?: number | null
}

const published: readonly Published[] = JSON.parse(
  readFileSync(new URL('published-prices.json', import.meta.url), 'utf8'),
)
const settings = settingsOf({}, openai())

/** Micro-dollars of one image. */
function estimated(model: string, size: string, quality: string, inBatch = false): number {
  const words = [`1 x ${model} ${size} ${quality}`]
  const answer = whatIf({ words, per: 'once', inBatch, today: '2026-11-30' }, settings)
  return 'whatIf' in answer ? answer.whatIf.total.microUsd : Number.NaN
}

function cellsOf(table: ByQuality = {}): readonly (readonly [string, string, number])[] {
  return Object.entries(table).flatMap(([quality, bySize]) =>
    Object.entries(bySize).map(([size, value]) => [quality, size, value] as const),
  )
}

test.for(
  published.flatMap(({ model, dollarsAnImage }) =>
    cellsOf(dollarsAnImage).map((cell) => [model, ...cell] as const),
  ),
)('%s %s %s costs the published $%d, to the digits of its page', ([model, ...cell]) => {
  const [quality, size, dollars] = cell
  const distance = Math.abs(estimated(model, size, quality) / 1_000_000 - dollars)
  // The page rounds to a tenth of a cent, and a few figures of GPT Image 1 and 1.5 to a whole one.
  const isExact = model.startsWith('dall-e') || model === 'gpt-image-1-mini'
  const isCoarse = model === 'gpt-image-1' || model === 'gpt-image-1.5'
  expect(distance).toBeLessThanOrEqual(
    isExact ? 0 : isCoarse ? Math.max(0.0007, dollars / 100) : 0.0005,
  )
})

/** What the page lists of the small model outranks its tokens. */
const byTokens = published.filter(
  ({ model, imageTokens }) => imageTokens !== undefined && model !== 'gpt-image-1-mini',
)

test.for(
  byTokens.flatMap(({ model, imageTokens, ...rates }) =>
    cellsOf(imageTokens).map((cell) => [model, ...cell, rates] as const),
  ),
)('%s %s %s costs the published %d tokens', ([model, quality, size, tokens, rates]) => {
  const rate = rates.dollarsAMillionImageTokens ?? Number.NaN
  expect(estimated(model, size, quality)).toBe(tokens * rate)
  // Of what is retired no batch is priced.
  const inBatch = model === 'gpt-image-1' ? rate : (rates.batchDollarsAMillionImageTokens ?? rate)
  expect(estimated(model, size, quality, true)).toBe(tokens * inBatch)
})

test('every model with a published price is held against it', () => {
  const unheld = openai()
    .models.filter(
      ({ id, aliases }) => !published.some(({ model }) => [id, ...aliases].includes(model)),
    )
    .map(({ id }) => id)
  // Nobody publishes what a picture of these takes.
  expect(unheld).toEqual(['gpt-image-2.6-flare', 'gpt-image-2.6-sunburst', 'chatgpt-image-latest'])
})
