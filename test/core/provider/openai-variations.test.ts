import { expect, test } from 'vitest'

import { readRequestHash } from '../../../packages/core/src/key/key.ts'
import type { GenerateInput } from '../../../packages/core/src/ports.ts'
import type { OpenAiOptions } from '../../../packages/core/src/provider/openai/options.ts'
import { startOpenAi, type OpenAiDouble } from '../../support/openai-server.ts'
import { connectTo, declared, pictureOf } from '../../support/openai/buyer.ts'

const { signal } = new AbortController()
const basedOn = readRequestHash('a'.repeat(64))
if (basedOn === undefined) throw new Error('no hash')

const input: GenerateInput = {
  model: 'dall-e-2',
  prompt: '',
  size: { width: 512, height: 512 },
  basedOn,
  take: 1,
}

const models = [{ id: 'dall-e-2', variesWithoutPrompt: true }] as const

function proxy({ url }: OpenAiDouble): OpenAiOptions {
  return { id: 'proxy', baseURL: url, models }
}

test('a variation without a prompt is made of the picture alone', async () => {
  await using double = await startOpenAi({ plays: 'dall-e' })
  const images = { images: [await pictureOf('png')] }
  const answer = await connectTo(double, proxy(double)).edit(input, images, signal)
  expect(answer.kind).toBe('image')
  const [received] = double.received
  expect(received?.path).toBe('/v1/images/variations')
  expect(received?.body).toEqual({
    model: 'dall-e-2',
    n: '1',
    size: '512x512',
    response_format: 'b64_json',
  })
  expect(received?.uploads.map(({ field, type }) => [field, type])).toEqual([
    ['image', 'image/png'],
  ])
  expect(double.billed).toHaveLength(declared([answer]))
})

test('OpenAI’s own host is asked for none: its message names the successor and its price', async () => {
  await using double = await startOpenAi()
  const images = { images: [await pictureOf('png')] }
  const answer = await connectTo(double).edit(input, images, signal)
  expect(answer).toMatchObject({
    kind: 'refused',
    code: 'endpoint_retired',
    message:
      'Nothing was sent: `/images/variations` is retired: OpenAI shut `dall-e-2` down on 2026-05-12; ask for its successor, `gpt-image-2.5-flare-2026-09-08`, $0.01317 for 1024x1024 in medium quality, and write a prompt',
  })
  expect(double.requests).toBe(0)
})

test('a variation with a prompt is an edit', async () => {
  await using double = await startOpenAi({ plays: 'dall-e' })
  const images = { images: [await pictureOf('png')] }
  const asked = { ...input, prompt: 'by night' }
  const answer = await connectTo(double, proxy(double)).edit(asked, images, signal)
  expect(double.received[0]?.path).toBe('/v1/images/edits')
  expect(double.billed).toHaveLength(declared([answer]))
})

test('a variation of a size that the endpoint has not is not sent', async () => {
  await using double = await startOpenAi({ plays: 'dall-e' })
  const images = { images: [await pictureOf('png')] }
  const asked = { ...input, size: { width: 640, height: 640 } }
  const answer = await connectTo(double, proxy(double)).edit(asked, images, signal)
  expect(answer).toMatchObject({ kind: 'refused', scope: 'image', code: 'invalid_value' })
  expect(double.requests).toBe(0)
})
