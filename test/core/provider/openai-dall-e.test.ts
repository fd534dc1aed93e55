import { expect, test } from 'vitest'

import type { GenerateInput } from '../../../packages/core/src/ports.ts'
import type { OpenAiOptions } from '../../../packages/core/src/provider/openai/options.ts'
import { startOpenAi, type OpenAiDouble } from '../../support/openai-server.ts'
import { connectTo, declared, pictureOf } from '../../support/openai/buyer.ts'

const { signal } = new AbortController()

const input: GenerateInput = {
  model: 'dall-e-3',
  prompt: 'a lighthouse at dusk',
  size: { width: 1792, height: 1024 },
  take: 1,
}

const models = [{ id: 'dall-e-3' }, { id: 'dall-e-2', variesWithoutPrompt: true }] as const

function proxy({ url }: OpenAiDouble): OpenAiOptions {
  return { id: 'proxy', baseURL: url, models }
}

test('asks DALL·E 3 in its own parameters and keeps the prompt that it wrote', async () => {
  await using double = await startOpenAi({ plays: 'dall-e' })
  const asked = { ...input, quality: 'hd', rendering: 'natural' }
  const answer = await connectTo(double, proxy(double)).generate(asked, signal)
  expect(double.received[0]?.body).toEqual({
    model: 'dall-e-3',
    prompt: input.prompt,
    size: '1792x1024',
    n: 1,
    quality: 'hd',
    style: 'natural',
    response_format: 'b64_json',
  })
  expect(answer).toMatchObject({
    kind: 'image',
    making: { revisedPrompt: 'Behold a lighthouse at dusk' },
  })
  expect(answer).not.toHaveProperty('usage')
  expect(double.billed.map(({ microUsd }) => microUsd)).toEqual([120_000])
  expect(double.billed).toHaveLength(declared([answer]))
})

test.for([
  { quality: 'low' },
  { rendering: 'wild' },
  { background: 'transparent' },
  { frames: 4 },
  { vector: true },
  { model: 'dall-e-2', rendering: 'vivid' },
  { model: 'dall-e-2', quality: 'hd' },
] as const)('asks no DALL·E for %j', async (change) => {
  await using double = await startOpenAi({ plays: 'dall-e' })
  const answer = await connectTo(double, proxy(double)).generate({ ...input, ...change }, signal)
  expect(answer).toMatchObject({ kind: 'refused', scope: 'image', code: 'invalid_value' })
  expect(double.requests).toBe(0)
})

const square = { ...input, model: 'dall-e-2', size: { width: 512, height: 512 } }

test('edits with DALL·E 2 where a server has it', async () => {
  await using double = await startOpenAi({ plays: 'dall-e' })
  const picture = await pictureOf('png')
  const images = { images: [picture], mask: picture }
  const answer = await connectTo(double, proxy(double)).edit(square, images, signal)
  expect(answer.kind).toBe('image')
  expect(double.received[0]?.uploads.map(({ field }) => field)).toEqual(['image', 'mask'])
  expect(double.received[0]?.body).toMatchObject({ response_format: 'b64_json', size: '512x512' })
  expect(double.billed.map(({ microUsd }) => microUsd)).toEqual([18_000])
  expect(double.billed).toHaveLength(declared([answer]))
})
