import { createServer } from 'node:http'
import { inspect } from 'node:util'

import { describe, expect, test } from 'vitest'

import type { Answer, GenerateInput, Provider } from '../../../packages/core/src/ports.ts'
import { aiSdk } from '../../../packages/core/src/provider/ai-sdk/ai-sdk.ts'
import type { ImageModel } from '../../../packages/core/src/provider/ai-sdk/image-model.ts'
import { readResultLine } from '../../../packages/core/src/provider/openai/batch/result.ts'
import { openai } from '../../../packages/core/src/provider/openai/openai.ts'
import { png } from '../../support/pictures.ts'

/** As Azure's are: nothing in it looks like a key, so that it is hidden whole or not at all. */
const key = '4f9c1e7a2b8d4a6f9e0c3d5b7a1f2e4d'
const size = { width: 64, height: 64 }
const input: GenerateInput = { model: 'gpt-image-2', prompt: 'a fox', size, take: 1 }

interface Echo {
  readonly body: unknown
  readonly status?: number
}

/** What a provider makes of one reply, with a header that echoes the key. */
async function answerTo({ body, status = 200 }: Echo, provider: Provider): Promise<Answer> {
  const server = createServer((request, response) => {
    request.resume()
    response.writeHead(status, { 'content-type': 'application/json', 'x-request-id': key })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  try {
    const connection = provider.connect({
      OPENAI_API_KEY: key,
      OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`,
    })
    if (connection.kind === 'locked') throw new Error('locked')
    return await connection.generate(input, new AbortController().signal)
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}

/** The kind of an answer, with what of the key shows in it. */
function told(answer: Answer): { readonly kind: string; readonly leaks: readonly string[] } {
  const shown = inspect({ ...answer, bytes: undefined }, { depth: 10, maxStringLength: null })
  const halves = [key.slice(0, 8), key.slice(-8)]
  return { kind: answer.kind, leaks: halves.filter((half) => shown.includes(half)) }
}

const picture = Buffer.from(await png(size)).toString('base64')
const failed = { type: 'image_generation_call', status: 'failed', error: { code: key } }
const usage = { input_tokens: 1, output_tokens: 1 }

describe.for<readonly [string, Provider, readonly (readonly [string, Answer['kind'], Echo])[]]>([
  [
    'of the Images API',
    openai(),
    [
      ['at the edge of an excerpt', 'unknown', { body: `${'x'.repeat(180)}${key}` }],
      ['in an error', 'refused', { status: 401, body: { error: { message: key, code: key } } }],
      ['in a quota', 'busy', { status: 429, body: { error: { message: key } } }],
      [
        'in how a picture was made',
        'image',
        {
          body: {
            data: [{ b64_json: picture, revised_prompt: `a fox ${key}` }],
            quality: key,
            background: key,
            model: key,
          },
        },
      ],
    ],
  ],
  [
    'of the Responses API',
    openai({ api: 'responses' }),
    [
      ['in no response', 'unknown', { body: `"${key}"` }],
      ['in an error', 'refused', { status: 401, body: { error: { message: key, code: key } } }],
      [
        'in the code of a failed call',
        'unknown',
        { body: { status: 'completed', output: [failed], usage } },
      ],
      [
        'in why it ended',
        'refused',
        { body: { status: 'incomplete', incomplete_details: { reason: key }, output: [], usage } },
      ],
      [
        'in a prompt that was rewritten',
        'image',
        {
          body: {
            status: 'completed',
            output: [{ ...failed, status: 'completed', result: picture, revised_prompt: key }],
          },
        },
      ],
    ],
  ],
])('a key that is echoed by a reply %s shows nowhere', ([, provider, echoes]) => {
  test.for(echoes)('%s', async ([, kind, echo]) => {
    expect(told(await answerTo(echo, provider))).toEqual({ kind, leaks: [] })
  })
})

test('a key that a line of a batch echoes shows nowhere', () => {
  const context = { key, priceOf: () => undefined, hasPictures: false }
  const line = (status_code: number, body: unknown): string =>
    JSON.stringify({
      custom_id: '0'.repeat(64),
      response: { status_code, request_id: key, body },
      error: null,
    })
  for (const [text, kind] of [
    [line(400, { error: { message: key, code: key } }), 'refused'],
    [line(200, { data: [{ b64_json: picture }] }), 'image'],
    [
      line(200, {
        data: [{ b64_json: picture, revised_prompt: `a fox ${key}` }],
        model: key,
        quality: key,
        background: key,
      }),
      'image',
    ],
    [line(200, `${'x'.repeat(180)}${key}`), 'unknown'],
  ] as const) {
    const result = readResultLine(text, context)
    if (result === undefined) throw new Error('no result')
    expect(told(result.answer)).toEqual({ kind, leaks: [] })
  }
})

test('a key that a model of the AI SDK echoes shows nowhere', async () => {
  const revisedPrompt = `a fox ${key}`
  const model: ImageModel = {
    specificationVersion: 'v4',
    provider: 'echo',
    modelId: 'echo-1',
    doGenerate: async () => ({
      images: [picture],
      warnings: [],
      providerMetadata: { echo: { images: [{ revisedPrompt }] } },
      response: { headers: undefined },
    }),
  }
  const connection = aiSdk(model, { price: 1, credential: 'KEY' }).connect({ KEY: key })
  if (connection.kind === 'locked') throw new Error('locked')
  const request = { ...input, model: 'echo-1' }
  const answer = await connection.generate(request, new AbortController().signal)
  expect(told(answer)).toEqual({ kind: 'image', leaks: [] })
})
