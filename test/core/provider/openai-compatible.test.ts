import { expect, test } from 'vitest'

import { openai } from '../../../packages/core/src/provider/openai/openai.ts'
import type { OpenAiOptions } from '../../../packages/core/src/provider/openai/options.ts'
import type { GenerateInput, ReadyConnection } from '../../../packages/core/src/ports.ts'
import { requestBody } from '../../../packages/core/src/provider/openai/request.ts'
import type { Server } from '../../../packages/core/src/provider/openai/dialect.ts'
import { editBody } from '../../../packages/core/src/provider/openai/edit-request.ts'
import { png } from '../../support/pictures.ts'
import { startOpenAi } from '../../support/openai-server.ts'

const key = 'sk-test-double'
const baseURL = 'http://localhost:8080/v1'

const input: GenerateInput = {
  model: 'gpt-image-2',
  prompt: 'a lighthouse at dusk',
  size: { width: 1024, height: 1024 },
  quality: 'low',
  take: 1,
}

function connect(options: OpenAiOptions, environment = {}): ReadyConnection {
  const connection = openai(options).connect({ OPENAI_API_KEY: key, ...environment })
  if (connection.kind === 'locked') throw new Error('locked')
  return connection
}

test.for([
  ['openai', { model: 'gpt-image-2' }, { output_format: 'png' }],
  ['azure', { model: 'gpt-image-2' }, { output_format: 'png' }],
  ['openai', { model: 'dall-e-2' }, { response_format: 'b64_json' }],
  ['openai', { model: 'flux' }, { response_format: 'b64_json' }],
  ['localai', { model: 'flux' }, { response_format: 'b64_json' }],
  ['stable-diffusion.cpp', { model: 'sd-cpp-local' }, { output_format: 'png' }],
  ['vllm-omni', { model: 'qwen', seed: 4 }, { response_format: 'b64_json', seed: 4 }],
  ['openai', { model: 'flux', seed: 4 }, { response_format: 'b64_json', seed: 4 }],
] as const)('a %s is asked for %j with %j besides the rest', ([server, change, parameters]) => {
  const { quality: _, ...bare } = input
  const asked = { ...bare, ...change }
  const common = { model: asked.model, prompt: input.prompt, size: '1024x1024', n: 1 }
  expect(requestBody(asked, server)).toEqual({ ...common, ...parameters })
})

test.for([
  ['stable-diffusion.cpp', { quality: 'low' }],
  ['vllm-omni', { background: 'opaque' }],
  ['localai', { rendering: 'vivid' }],
  ['localai', { model: 'flux', seed: 4 }],
  ['stable-diffusion.cpp', { model: 'sd-cpp-local', seed: 4 }],
  ['azure', { model: 'flux', seed: 4 }],
  ['openai', { seed: 4 }],
  ['openai', { model: 'dall-e-3', seed: 4 }],
] as const)('a %s is not asked for %j', ([server, change]) => {
  const { quality: _, ...bare } = input
  expect(requestBody({ ...bare, ...change }, server)).toBeUndefined()
})

test('an edit is sent the seed that a server takes', async () => {
  const image = { bytes: await png({ width: 16, height: 16 }), format: 'png' } as const
  const { quality: _, ...bare } = input
  const asked = { ...bare, model: 'flux', seed: 4 }
  const edit = (server: Server) => editBody(asked, { images: [image] }, server)
  expect(await edit('vllm-omni')).toMatchObject({ seed: 4 })
  expect(await edit('openai')).toMatchObject({ seed: 4 })
  expect(await edit('localai')).toBe('`flux` takes no `seed` of `4`; leave it out or change it')
})

test('a seed is refused where a text model calls for the picture', async () => {
  const connection = connect({ id: 'local', baseURL, api: 'responses' })
  const { quality: _, ...bare } = input
  const asked = { ...bare, model: 'flux', seed: 4 }
  expect(await connection.generate(asked, new AbortController().signal)).toMatchObject({
    kind: 'refused',
    message: 'Nothing was sent: the tool takes no `seed`; leave it out or change it',
  })
})

test('prices nothing at another host', () => {
  expect(openai({ id: 'local', baseURL }).estimate(input)).toBeUndefined()
})

test.for([
  [0.04, 40_000],
  ['$0.01', 10_000],
  [0, 0],
] as const)('prices every image of another host at %s', ([price, microUsd]) => {
  const basis = 'upper-bound'
  const source = 'the configuration'
  expect(openai({ id: 'local', baseURL, price }).estimate(input)).toEqual({
    microUsd,
    worstMicroUsd: microUsd,
    basis,
    source,
  })
})

test('prices another host as OpenAI on demand', () => {
  const own = openai().estimate(input)
  expect(own).toBeDefined()
  expect(openai({ id: 'local', baseURL, price: 'openai' }).estimate(input)).toEqual(own)
})

test('refuses a price that is none', () => {
  expect(() => openai({ id: 'local', baseURL, price: 'cheap' })).toThrow(
    expect.objectContaining({ code: 'CONFIG_INVALID' }),
  )
})

test('offers every model of OpenAI at another host, none of them retired', () => {
  const provider = openai({ id: 'local', baseURL })
  expect(provider.models.map(({ id }) => id)).toContain('dall-e-3')
  expect(provider.models.filter(({ retiresOn }) => retiresOn !== undefined)).toEqual([])
})

test('offers the models that it is told of', () => {
  const models = [{ id: 'flux', honours: ['seed'] }, { id: 'dall-e-2' }] as const
  const provider = openai({ id: 'local', baseURL, models })
  expect(provider.defaultModel).toBe('flux')
  expect(provider.models).toMatchObject([
    { id: 'flux', honours: ['seed'], aliases: [] },
    { id: 'dall-e-2', qualities: ['standard'], maxPromptCodePoints: 1000 },
  ])
})

test('connections share an account by address, key, organisation and project', () => {
  const accounts = [
    connect({}),
    connect({ timeoutMs: 1 }),
    connect({ id: 'local', baseURL }),
    connect({ apiKey: 'sk-test-other' }),
    connect({}, { OPENAI_ORG_ID: 'org-1' }),
    connect({}, { OPENAI_PROJECT_ID: 'org-1' }),
  ].map(({ account }) => account)
  expect(accounts[1]).toBe(accounts[0])
  expect(new Set(accounts).size).toBe(5)
  expect(accounts.join()).not.toContain('sk-')
})

test('passes its images a minute on', () => {
  expect(connect({ imagesPerMinute: 5 }).imagesPerMinute).toBe(5)
  expect(connect({})).not.toHaveProperty('imagesPerMinute')
})

test.for(['dall-e-2', 'dall-e-3'])('sends no %s to OpenAI', async (model) => {
  await using double = await startOpenAi()
  const { quality: _, ...bare } = input
  const connection = connect({}, { OPENAI_BASE_URL: double.url })
  const answer = await connection.generate({ ...bare, model }, new AbortController().signal)
  expect(answer).toMatchObject({
    kind: 'refused',
    code: 'model_retired',
    message: `Nothing was sent: OpenAI shut \`${model}\` down on 2026-05-12; ask for its successor, \`gpt-image-2.5-flare-2026-09-08\`, $0.01317 for 1024x1024 in medium quality`,
  })
  expect(double.requests).toBe(0)
  expect(double.billed).toEqual([])
})

test('leaves the last word on any other DALL·E to the server', async () => {
  await using double = await startOpenAi()
  const { quality: _, ...bare } = input
  const connection = connect({}, { OPENAI_BASE_URL: double.url })
  const asked = { ...bare, model: 'dall-e-9' }
  const answer = await connection.generate(asked, new AbortController().signal)
  expect(answer).toMatchObject({ kind: 'refused', scope: 'run' })
  expect(JSON.stringify(answer)).not.toContain('2026-05-12')
  expect(double.requests).toBe(1)
  expect(double.billed).toEqual([])
})

test('calls Azure with its own header and version', async () => {
  await using double = await startOpenAi({ plays: 'azure' })
  const { url } = double
  const options = { id: 'azure', baseURL: url, server: 'azure', apiVersion: 'preview' } as const
  const answer = await connect(options).generate(input, new AbortController().signal)
  expect(answer.kind).toBe('image')
  expect(double.received[0]?.path).toBe('/v1/images/generations?api-version=preview')
  expect(double.received[0]?.headers).toMatchObject({ 'api-key': key })
  expect(double.received[0]?.headers).not.toHaveProperty('authorization')
  expect(double.billed).toHaveLength(1)
})

test.for([
  [
    { frames: 4, size: { width: 896, height: 896 } },
    { output_format: 'gif', frame_count: 4 },
  ],
  [{ vector: true }, { output_format: 'svg' }],
  [{ complexity: 'low' }, { output_format: 'png', complexity: 'low' }],
] as const)('asks gpt-image-2.6 for %j with %j', async ([change, parameters]) => {
  await using double = await startOpenAi()
  const connection = connect({}, { OPENAI_BASE_URL: double.url })
  const asked = { ...input, ...change, model: 'gpt-image-2.6-flare' }
  const answer = await connection.generate(asked, new AbortController().signal)
  expect(double.received[0]?.body).toMatchObject(parameters)
  expect(answer.kind).toBe('image')
  expect(answer).toMatchObject({ microUsd: double.billed[0]?.microUsd })
  expect(double.billed).toHaveLength(1)
})
