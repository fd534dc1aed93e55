import sharp from 'sharp'
import { expect, test } from 'vitest'

import type { GenerateInput } from '../../../packages/core/src/ports.ts'
import { raw } from '../../support/raw-batch.ts'
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

test.for([
  ['as JSON', 'application/json', (body: string) => body],
  ['as JSON of no type', '', (body: string) => body],
  [
    'as events by a wrong name',
    'text/plain',
    (body: string) => `data: ${body.replace('{', '{"type":"image_generation.completed",')}\n\n`,
  ],
] as const)('keeps a picture that a server sends whole, %s', async ([, type, write]) => {
  const b64_json = Buffer.from((await pictureOf('png')).bytes).toString('base64')
  const usage = { input_tokens: 5, output_tokens: 196 }
  const body = JSON.stringify({ b64_json, data: [{ b64_json }], usage })
  await using server = await raw(type, write(body))
  const { generate, edit } = connectTo(server, { partialImages: 2 })
  const shown: Uint8Array[] = []
  const onPartial = (bytes: Uint8Array): number => shown.push(bytes)
  const images = { images: [await pictureOf('png')] }
  const expected = { kind: 'image', bytes: Buffer.from(b64_json, 'base64') }
  expect(await generate(input, signal, onPartial)).toMatchObject({ ...expected, microUsd: 5905 })
  expect(await edit(input, images, signal, onPartial)).toMatchObject(expected)
  expect(shown).toEqual([])
})

test('tells what came in place of a stream', async () => {
  await using server = await raw('text/html', '<body>Welcome to the proxy</body>')
  const { generate } = connectTo(server, { partialImages: 2 })
  expect(await generate(input, signal, () => undefined)).toMatchObject({
    kind: 'unknown',
    message: expect.stringContaining('Welcome to the proxy'),
  })
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
