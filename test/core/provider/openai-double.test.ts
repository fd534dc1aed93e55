import sharp from 'sharp'
import { expect, test } from 'vitest'

import { refusals, startOpenAi } from '../../support/openai-server.ts'
import { microUsdOf } from '../../support/openai/bill.ts'

const order = {
  model: 'gpt-image-2',
  prompt: 'a lighthouse',
  size: '1536x1024',
  quality: 'low',
} as const

function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${url}/images/generations`, {
    method: 'POST',
    headers: {
      authorization: 'Bearer sk-test-double',
      'content-type': 'application/json',
      ...headers,
    },
    body: JSON.stringify(body),
  })
}

test.for([
  [1024, 1024, 'low', '0.006'],
  [1024, 1536, 'low', '0.005'],
  [1536, 1024, 'low', '0.005'],
  [1024, 1024, 'medium', '0.053'],
  [1024, 1536, 'medium', '0.041'],
  [1536, 1024, 'medium', '0.041'],
  [1024, 1024, 'high', '0.211'],
  [1024, 1536, 'high', '0.165'],
  [1536, 1024, 'high', '0.165'],
] as const)(
  'bills gpt-image-2 %ix%i %s as published: $%s',
  ([width, height, quality, published]) => {
    const microUsd = microUsdOf({ model: order.model, width, height, quality, prompt: '', n: 1 })
    expect((microUsd / 1_000_000).toFixed(3)).toBe(published)
  },
)

test('answers a real picture of the asked size, its usage and a request id', async () => {
  await using double = await startOpenAi()
  const response = await post(double.url, order)
  expect(response.status).toBe(200)
  expect(response.headers.get('x-request-id')).toBe('req_1')
  const reply = await response.json()
  const { width, height, format } = await sharp(Buffer.from(reply.data[0].b64_json, 'base64'))
    .raw()
    .toBuffer({ resolveWithObject: true })
    .then(async ({ info }) => ({ ...info, format: 'png' }))
  expect({ width, height, format }).toEqual({ width: 1536, height: 1024, format: 'png' })
  expect(reply.usage).toEqual({
    input_tokens: 3,
    input_tokens_details: { text_tokens: 3, image_tokens: 0 },
    output_tokens: 158,
    total_tokens: 161,
  })
  expect(double.billed).toEqual([{ ...order, microUsd: 3 * 5 + 158 * 30 }])
})

test.for([
  ['unknown_parameter', 'response_format', { response_format: 'b64_json' }],
  ['unknown_parameter', 'style', { style: 'vivid' }],
  ['unknown_parameter', 'colour', { colour: 'red' }],
  ['invalid_value', 'model', { model: 'dall-e-3' }],
  ['invalid_value', 'model', { model: 'gpt-image-1' }],
  ['invalid_value', 'model', { model: undefined }],
  ['missing_required_parameter', 'prompt', { prompt: '' }],
  ['string_above_max_length', 'prompt', { prompt: '🌊'.repeat(32_001) }],
  ['invalid_value', 'n', { n: 11 }],
  ['invalid_value', 'size', { size: '1792x936' }],
  ['invalid_value', 'size', { size: '512x512' }],
  ['invalid_value', 'size', { size: '3856x2048' }],
  ['invalid_value', 'size', { size: '3200x1040' }],
  ['invalid_value', 'size', { size: '3840x2176' }],
  ['invalid_value', 'size', { size: '2048x2048', model: 'gpt-image-1.5' }],
  ['invalid_value', 'quality', { quality: 'max' }],
  ['invalid_value', 'background', { background: 'pink' }],
  ['invalid_value', 'background', { background: 'transparent', output_format: 'jpeg' }],
  ['invalid_value', 'moderation', { moderation: 'none' }],
  ['invalid_value', 'output_format', { output_format: 'gif', size: '512x512' }],
  ['unknown_parameter', 'complexity', { complexity: 'low' }],
  ['unknown_parameter', 'frame_count', { frame_count: 4 }],
  ['invalid_value', 'complexity', { complexity: 'max', model: 'gpt-image-2.6-flare' }],
  [
    'invalid_value',
    'frame_count',
    { frame_count: 17, size: '512x512', output_format: 'gif', model: 'gpt-image-2.6-flare' },
  ],
  ['invalid_value', 'frame_count', { frame_count: 4, model: 'gpt-image-2.6-flare' }],
  ['invalid_value', 'n', { n: 2, output_format: 'svg', model: 'gpt-image-2.6-flare' }],
  [
    'invalid_value',
    'stream',
    { stream: true, size: '512x512', output_format: 'gif', model: 'gpt-image-2.6-flare' },
  ],
  ['invalid_value', 'partial_images', { partial_images: 2 }],
  ['invalid_value', 'partial_images', { partial_images: 4, stream: true }],
  ['unknown_parameter', 'input_fidelity', { input_fidelity: 'high' }],
  ['invalid_value', 'output_compression', { output_compression: 50 }],
] as const)('refuses with %s of `%s`: %j', async ([code, param, change]) => {
  await using double = await startOpenAi()
  const response = await post(double.url, { ...order, ...change })
  expect(response.status).toBe(400)
  expect((await response.json()).error).toMatchObject({ code, param })
  expect(double.billed).toEqual([])
})

test.for([
  [{ prompt: '🌊'.repeat(32_000) }],
  [{ size: '1024x640' }],
  [{ size: '3840x2160' }],
  [{ size: '2880x960' }],
  [{ quality: 'max', model: 'gpt-image-2.5-flare' }],
  [{ background: 'transparent', output_format: 'webp' }],
  [{ size: 'auto', quality: 'auto' }],
] as const)('accepts %j', async ([change]) => {
  await using double = await startOpenAi()
  expect((await post(double.url, { ...order, ...change })).status).toBe(200)
  expect(double.billed).toHaveLength(1)
})

test.for([
  [401, { authorization: 'Bearer sk-live' }],
  [401, { authorization: 'sk-test-double' }],
  [400, { 'content-type': 'text/plain' }],
] as const)('answers %i to %j', async ([status, headers]) => {
  await using double = await startOpenAi()
  expect((await post(double.url, order, headers)).status).toBe(status)
  expect(double.billed).toEqual([])
})

test('knows its paths and their methods', async () => {
  await using double = await startOpenAi()
  const headers = { authorization: 'Bearer sk-test-double' }
  const got = await fetch(`${double.url}/images/generations`, { headers })
  const edit = await fetch(`${double.url}/images/upscales`, { method: 'POST', headers })
  expect([got.status, edit.status]).toEqual([404, 404])
})

test('meets scripted faults in turn, then works again', async () => {
  await using double = await startOpenAi()
  double.fail(refusals.quota, 'server-error')
  const statuses: number[] = []
  for (let turn = 0; turn < 3; turn += 1) statuses.push((await post(double.url, order)).status)
  expect(statuses).toEqual([429, 500, 200])
  expect(double.requests).toBe(3)
  expect(double.billed).toHaveLength(2)
})

test('bills a client that went away', async () => {
  await using double = await startOpenAi()
  double.fail('reset')
  await expect(post(double.url, order)).rejects.toThrow('fetch failed')
  expect(double.billed).toHaveLength(1)
})

test.for([
  [
    'fixed-window',
    [
      [0, '200, 1 left, reset in 1m0s'],
      [15_000, '200, 0 left, reset in 45s'],
      [45_000, '429, 0 left, reset in 15s, retry after 15'],
      [59_990, '429, 0 left, reset in 10ms, retry after 1'],
      [60_000, '200, 1 left, reset in 1m0s'],
    ],
  ],
  [
    'token-bucket',
    [
      [0, '200, 1 left, reset in 30s'],
      [0, '200, 0 left, reset in 1m0s'],
      [15_000, '429, 0 left, reset in 45s, retry after 15'],
      [30_000, '200, 0 left, reset in 1m0s'],
      [52_500, '429, 0 left, reset in 37.5s, retry after 8'],
    ],
  ],
] as const)('lets 2 pictures a minute pass by %s, and bills no other', async ([kind, replies]) => {
  let now = 0
  const rateLimit = { imagesPerMinute: 2, kind, now: () => now }
  await using double = await startOpenAi({ rateLimit })
  for (const [at, told] of replies) {
    now = at
    const { status, headers } = await post(double.url, order)
    const [left, reset] = ['remaining', 'reset'].map((name) =>
      headers.get(`x-ratelimit-${name}-requests`),
    )
    const after = headers.get('retry-after')
    const retry = after === null ? '' : `, retry after ${after}`
    expect(`${status}, ${left} left, reset in ${reset}${retry}`).toBe(told)
  }
  expect(double.billed).toHaveLength(3)
})
