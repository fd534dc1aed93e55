import { expect, test } from 'vitest'
import { type Per, whatIf } from '../../../packages/core/src/estimate/what-if.ts'
import { openai } from '../../../packages/core/src/provider/openai/openai.ts'
import { settingsOf } from '../../support/fakes.ts'

const settings = settingsOf({}, openai())

/** The calculations of the DALL·E API developer guide, in whole dollars and cents. */
test.for<readonly [Per, readonly string[], number]>([
  ['month', ['600 x dall-e-2 512x512', '60 x dall-e-3 1024x1024 standard'], 13.2],
  ['once', ['1500 x dall-e-3 1024x1024 standard'], 60],
  ['once', ['9000 x dall-e-2 1024x1024'], 180],
  ['once', ['1200 x dall-e-3 1024x1024 hd', '300 x dall-e-3 1792x1024 hd'], 132],
  ['once', ['1200 x dall-e-3 1024x1792 standard', '300 x dall-e-3 1024x1792 hd'], 132],
  ['month', ['15,000 x dall-e-3 1024x1024 standard'], 600],
])('%s, %j: $%d', ([per, words, dollars]) => {
  const answer = whatIf({ words, per, inBatch: false, today: '2026-11-30' }, settings)
  const amount = { microUsd: Math.round(dollars * 1_000_000) }
  expect(answer).toMatchObject({ whatIf: { total: { ...amount, worstMicroUsd: amount.microUsd } } })
  expect(answer).not.toHaveProperty('whatIf.month')
})

test('500 a day at $0.04 are 15,000 and $600 a month of 30 days', () => {
  const words = ['500 x dall-e-3 1024x1024']
  const question = { words, per: 'day', inBatch: false, today: '2026-11-30' } as const
  expect(whatIf(question, settings)).toMatchObject({
    whatIf: {
      total: { images: 500, microUsd: 20_000_000 },
      month: { images: 15_000, microUsd: 600_000_000, worstMicroUsd: 600_000_000 },
    },
  })
})
