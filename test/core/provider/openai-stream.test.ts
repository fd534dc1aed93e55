import sharp from 'sharp'
import { expect, test } from 'vitest'

import type { GenerateInput } from '../../../packages/core/src/ports.ts'
import { refusals, startOpenAi } from '../../support/openai-server.ts'
import { connectTo, declared, pictureOf } from '../../support/openai/buyer.ts'

const { signal } = new AbortController()

const input: GenerateInput = {
  model: 'gpt-image-2.5-flare-2026-09-08',
  prompt: 'a lighthouse at dusk',
  size: { width: 1024, height: 1024 },
  quality: 'low',
  take: 1,
}

test('shows pictures in the making, then answers the picture and its bill', async () => {
  await using double = await startOpenAi()
  const shown: Uint8Array[] = []
  const { generate } = connectTo(double, { partialImages: 2 })
  const answer = await generate(input, signal, (bytes) => shown.push(bytes))
  expect(shown).toHaveLength(2)
  expect(await sharp(shown[0]).metadata()).toMatchObject({ format: 'png', width: 1024 })
  expect(double.received[0]?.body).toMatchObject({ stream: true, partial_images: 2 })
  const microUsd = double.billed[0]?.microUsd
  expect(answer).toMatchObject({ kind: 'image', microUsd, requestId: 'req_1' })
  expect(double.billed).toHaveLength(declared([answer]))
})

test('shows an edit in the making', async () => {
  await using double = await startOpenAi()
  const shown: Uint8Array[] = []
  const images = { images: [await pictureOf('png')] }
  const { edit } = connectTo(double, { partialImages: 1 })
  const answer = await edit(input, images, signal, (bytes) => shown.push(bytes))
  expect(shown).toHaveLength(1)
  expect(answer).toMatchObject({ kind: 'image', microUsd: double.billed[0]?.microUsd })
  expect(double.billed).toHaveLength(declared([answer]))
})

test.for([
  ['without a listener', { partialImages: 2 }, false],
  ['without the option', {}, true],
] as const)('streams nothing %s', async ([, options, isHeard]) => {
  await using double = await startOpenAi()
  const { generate } = connectTo(double, options)
  const answer = await generate(input, signal, isHeard ? () => undefined : undefined)
  expect(double.received[0]?.body).not.toHaveProperty('stream')
  expect(double.billed).toHaveLength(declared([answer]))
})

test.for(['reset-midway', 'truncated-json'] as const)(
  'a partial picture before a %s is no result',
  async (mishap) => {
    await using double = await startOpenAi()
    double.fail(mishap)
    const { generate } = connectTo(double, { partialImages: 3 })
    const answer = await generate(input, signal, () => undefined)
    expect(answer).toMatchObject({ kind: 'unknown', requestId: 'req_1' })
    expect(double.requests).toBe(1)
    expect(double.billed).toHaveLength(declared([answer]))
  },
)

test('a listener that throws costs no picture', async () => {
  await using double = await startOpenAi()
  const { generate } = connectTo(double, { partialImages: 1 })
  const answer = await generate(input, signal, () => {
    throw new Error('nobody looks')
  })
  expect(answer.kind).toBe('image')
  expect(double.billed).toHaveLength(declared([answer]))
})

test('a stream that is refused is refused', async () => {
  await using double = await startOpenAi()
  double.fail(refusals.moderation)
  const { generate } = connectTo(double, { partialImages: 1 })
  const answer = await generate(input, signal, () => undefined)
  expect(answer).toMatchObject({ kind: 'refused', scope: 'prompt', code: 'moderation_blocked' })
  expect(double.billed).toHaveLength(declared([answer]))
})
