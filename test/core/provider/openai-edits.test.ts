import { expect, test } from 'vitest'

import { requestHashOf } from '../../../packages/core/src/key/key.ts'
import type { Answer, GenerateInput, InputImages } from '../../../packages/core/src/ports.ts'
import { openai } from '../../../packages/core/src/provider/openai/openai.ts'
import { refusals, startOpenAi } from '../../support/openai-server.ts'
import { connectTo, declared, pictureOf } from '../../support/openai/buyer.ts'

const { signal } = new AbortController()

const input: GenerateInput = {
  model: 'gpt-image-2.5-flare-2026-09-08',
  prompt: 'the same by night',
  size: { width: 1024, height: 1024 },
  quality: 'low',
  take: 1,
}

test('sends the pictures in order, with names and media types, and the mask', async () => {
  await using double = await startOpenAi()
  const images = [await pictureOf('png'), await pictureOf('jpeg'), await pictureOf('webp')]
  const mask = await pictureOf('png')
  const answer = await connectTo(double).edit(input, { images, mask }, signal)
  expect(answer.kind).toBe('image')
  const [received] = double.received
  expect(received?.path).toBe('/v1/images/edits')
  expect(received?.body).toEqual({
    model: input.model,
    prompt: input.prompt,
    size: '1024x1024',
    n: '1',
    output_format: 'png',
    quality: 'low',
  })
  const uploads = received?.uploads ?? []
  // The SDK writes lists last.
  const [sentMask, ...sentImages] = uploads
  expect(sentMask).toMatchObject({ field: 'mask', name: 'mask.png', type: 'image/png' })
  expect(sentImages.map(({ field, name, type }) => [field, name, type])).toEqual([
    ['image[]', 'image-1.png', 'image/png'],
    ['image[]', 'image-2.jpeg', 'image/jpeg'],
    ['image[]', 'image-3.webp', 'image/webp'],
  ])
  const sent = uploads.map(({ bytes }) => Buffer.from(bytes).toString('base64'))
  const given = [mask, ...images].map(({ bytes }) => Buffer.from(bytes).toString('base64'))
  expect(sent).toEqual(given)
  expect(double.billed).toHaveLength(declared([answer]))
})

test('reports what was billed for the pictures that went along', async () => {
  await using double = await startOpenAi()
  const images = [await pictureOf('png', 1024), await pictureOf('png', 64)]
  const answer = await connectTo(double).edit(input, { images }, signal)
  expect(answer).toMatchObject({
    microUsd: double.billed[0]?.microUsd,
    usage: { imageInput: 1536 + 6 },
    making: { size: { width: 1024, height: 1024 }, quality: 'low', background: 'opaque' },
  })
  expect(double.billed).toHaveLength(declared([answer]))
})

test('a variation costs what was expected of it, where its base is of the size asked for', async () => {
  await using double = await startOpenAi()
  const images = [await pictureOf('png', 1024)]
  const asked = { ...input, basedOn: requestHashOf({ ...input, provider: 'openai' }) }
  const answer = await connectTo(double).edit(asked, { images }, signal)
  expect(answer).toMatchObject({ microUsd: openai().estimate(asked)?.microUsd })
  expect(double.billed[0]?.microUsd).toBe(openai().estimate(asked)?.microUsd)
})

test.for([
  ['moderation', { moderation: 'low' }],
  ['quality', { quality: 'hd' }],
  ['background', { background: 'pink' }],
  ['rendering', { rendering: 'vivid' }],
] as const)('refuses an edit for its %s, unsent: %j', async ([reason, change]) => {
  await using double = await startOpenAi()
  const images = [await pictureOf('png')]
  const answer = await connectTo(double).edit({ ...input, ...change }, { images }, signal)
  expect(answer).toMatchObject({
    kind: 'refused',
    scope: 'image',
    code: 'invalid_value',
    message: expect.stringContaining(reason),
  })
  expect(double.requests).toBe(0)
})

const png = await pictureOf('png')
const jpeg = await pictureOf('jpeg')
const large = await pictureOf('png', 128)

test.for([
  ['seventeen pictures', { images: Array.from({ length: 17 }, () => png) }],
  ['a mask that is no PNG', { images: [png], mask: jpeg }],
  ['a mask of other dimensions', { images: [png], mask: large }],
  ['a file that is not of its type', { images: [{ bytes: png.bytes, format: 'webp' }] }],
] as const satisfies readonly (readonly [string, InputImages])[])(
  'the server refuses %s, and bills nothing',
  async ([, images]) => {
    await using double = await startOpenAi()
    const answer = await connectTo(double).edit(input, images, signal)
    expect(answer).toMatchObject({ kind: 'refused', scope: 'image', requestId: 'req_1' })
    expect(double.billed).toHaveLength(declared([answer]))
  },
)

test('the double refuses a part without a media type', async () => {
  await using double = await startOpenAi()
  const body = new FormData()
  body.append('model', 'gpt-image-2')
  body.append('prompt', 'the same by night')
  body.append('image', new File([Buffer.from(png.bytes)], 'a.png'))
  const headers = { authorization: 'Bearer sk-test-double' }
  const response = await fetch(`${double.url}/images/edits`, { method: 'POST', headers, body })
  expect(response.status).toBe(400)
  expect((await response.json()).error.code).toBe('unsupported_file_mimetype')
  expect(double.billed).toEqual([])
})

test('every charge of an edit belongs to an image or to an unknown fate', async () => {
  await using double = await startOpenAi()
  const { edit } = connectTo(double)
  const answers: Answer[] = []
  for (const fault of [
    'reset',
    refusals.rateLimit,
    'html',
    refusals.moderation,
    'empty',
  ] as const) {
    double.fail(fault)
    answers.push(await edit(input, { images: [png] }, signal))
  }
  answers.push(await edit(input, { images: [png] }, signal))
  expect(answers.map(({ kind }) => kind)).toEqual([
    'unknown',
    'busy',
    'unknown',
    'refused',
    'unknown',
    'image',
  ])
  expect(double.requests).toBe(6)
  expect(double.billed).toHaveLength(declared(answers))
})

test.for(['images', 'responses'] as const)(
  'learns on which day models are shut down, by %s',
  async (api) => {
    await using double = await startOpenAi()
    const dates = await connectTo(double, { api }).retirements(signal)
    expect([...dates]).toEqual([['gpt-image-1-mini', '2026-12-01']])
  },
)

test('rejects where it cannot learn it', async () => {
  await using double = await startOpenAi()
  const { retirements } = connectTo(double, { apiKey: 'sk-live' })
  await expect(retirements(signal)).rejects.toThrow('401')
})

test.for<readonly [Partial<GenerateInput>, string]>([
  [{ quality: 'hd' }, '`gpt-image-2` takes no `quality` of `hd`'],
  [{ background: 'pink' }, '`gpt-image-2` takes no `background` of `pink`'],
  [{ complexity: 'max' }, '`gpt-image-2` takes no `complexity` of `max`'],
  [{ rendering: 'vivid' }, '`gpt-image-2` takes no `rendering` of `vivid`'],
])('%j is refused by name, however it is asked for', async ([change, named]) => {
  await using double = await startOpenAi()
  const request = { ...input, model: 'gpt-image-2', ...change }
  const message = `Nothing was sent: ${named}; leave it out or change it`
  const expected = { kind: 'refused', scope: 'image', code: 'invalid_value', message }
  const { generate, edit } = connectTo(double)
  expect(await generate(request, signal)).toEqual(expected)
  expect(await edit(request, { images: [await pictureOf('png')] }, signal)).toEqual(expected)
  const driven = openai({ api: 'responses' }).connect({ OPENAI_API_KEY: 'k', OPENAI_BASE_URL: '' })
  if (driven.kind === 'locked') throw new Error('locked')
  expect(await driven.generate(request, signal)).toEqual(expected)
  expect(double.requests).toBe(0)
})
