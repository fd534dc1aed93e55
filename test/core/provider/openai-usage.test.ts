import { expect, test } from 'vitest'

import type { GenerateInput } from '../../../packages/core/src/ports.ts'
import { priceRows } from '../../../packages/core/src/provider/openai/price-rows.ts'
import { parseUsage } from '../../../packages/core/src/provider/openai/usage.ts'
import { connectTo, pictureOf } from '../../support/openai/buyer.ts'
import { png } from '../../support/pictures.ts'
import { raw } from '../../support/raw-batch.ts'

const { signal } = new AbortController()
const untold = { input_tokens: 100, output_tokens: 196 }
const generation = { textInput: 100, imageInput: 0, textOutput: 0, imageOutput: 196 }
const edit = { ...generation, textInput: 0, imageInput: 100 }

test.for<readonly [object, object, object]>([
  [{}, generation, edit],
  [{ input_tokens_details: null, output_tokens_details: null }, generation, edit],
  [{ input_tokens_details: {} }, generation, edit],
  [
    { input_tokens_details: { text_tokens: 10, image_tokens: 90 } },
    { ...generation, textInput: 10, imageInput: 90 },
    { ...edit, textInput: 10, imageInput: 90 },
  ],
  [
    { input_tokens_details: { text_tokens: 10 } },
    generation,
    { ...edit, textInput: 10, imageInput: 90 },
  ],
  [
    { output_tokens_details: { text_tokens: 6, image_tokens: 190 } },
    { ...generation, textOutput: 6, imageOutput: 190 },
    { ...edit, textOutput: 6, imageOutput: 190 },
  ],
  [{ output_tokens_details: { text_tokens: null } }, generation, edit],
])('usage with %j is read as %j, of an edit as %j', ([details, generated, edited]) => {
  expect(parseUsage({ ...untold, ...details }, false)).toEqual(generated)
  expect(parseUsage({ ...untold, ...details }, true)).toEqual(edited)
})

test.for([
  { input_tokens_details: { text_tokens: 11, image_tokens: 90 } },
  { output_tokens_details: { image_tokens: 197 } },
  { output_tokens: -1 },
  { input_tokens: null },
])('usage with %j is none', (details) => {
  expect(parseUsage({ ...untold, ...details }, true)).toBeUndefined()
})

test('no model reads pictures for less than words', () => {
  const rates = priceRows.flatMap((row) => [row.rates ?? [], row.batchRates ?? []].flat())
  expect(rates.length).toBeGreaterThan(priceRows.length / 2)
  expect(rates.filter(({ imageInput, textInput }) => imageInput < textInput)).toEqual([])
})

const size = { width: 1024, height: 1024 }
const input: GenerateInput = {
  model: 'gpt-image-2',
  prompt: 'a fox',
  size,
  quality: 'low',
  take: 1,
}

async function served(usage: object): Promise<Awaited<ReturnType<typeof raw>>> {
  const b64_json = Buffer.from(await png(size)).toString('base64')
  return raw('application/json', JSON.stringify({ data: [{ b64_json }], usage }))
}

test('an edit whose input is not told apart costs no less than its pictures', async () => {
  await using server = await served(untold)
  const { generate, edit: change } = connectTo(server)
  const images = { images: [await pictureOf('png')] }
  expect(await change(input, images, signal)).toMatchObject({ microUsd: 100 * 8 + 196 * 30 })
  expect(await generate(input, signal)).toMatchObject({ microUsd: 100 * 5 + 196 * 30 })
})

test('a picture that took no tokens is of no known bill', async () => {
  await using server = await served({ input_tokens: 0, output_tokens: 0 })
  const answer = await connectTo(server).generate(input, signal)
  expect(answer.kind).toBe('image')
  expect(answer).not.toHaveProperty('microUsd')
})
