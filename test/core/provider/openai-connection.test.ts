import sharp from 'sharp'
import { afterEach, expect, test, vi } from 'vitest'

import { decodeBase64 } from '../../../packages/core/src/provider/base64.ts'
import { openai } from '../../../packages/core/src/provider/openai/openai.ts'
import type { OpenAiOptions } from '../../../packages/core/src/provider/openai/options.ts'
import type { Answer, Environment, GenerateInput } from '../../../packages/core/src/ports.ts'
import { startOpenAi } from '../../support/openai-server.ts'

const key = 'sk-test-double'
const { signal } = new AbortController()

const input: GenerateInput = {
  model: 'gpt-image-2.5-flare-2026-09-08',
  prompt: 'a lighthouse at dusk',
  size: { width: 1024, height: 768 },
  take: 1,
}

function ask(
  options: OpenAiOptions,
  environment: Environment,
  change: Partial<GenerateInput> = {},
): Promise<Answer> {
  const connection = openai(options).connect(environment)
  if (connection.kind === 'locked') throw new Error(`locked for want of ${connection.missing}`)
  return connection.generate({ ...input, ...change }, signal)
}

afterEach(() => {
  vi.unstubAllEnvs()
})

test('answers the picture, its bill and the request id', async () => {
  await using double = await startOpenAi()
  const environment = { OPENAI_API_KEY: key, OPENAI_BASE_URL: double.url }
  const answer = await ask({}, environment, { quality: 'medium' })
  expect(answer).toMatchObject({ kind: 'image', requestId: 'req_1', microUsd: 301 * 30 + 5 * 5 })
  expect(double.billed.map(({ microUsd }) => microUsd)).toEqual([301 * 30 + 5 * 5])
  const bytes = answer.kind === 'image' ? answer.bytes : new Uint8Array()
  expect(await sharp(bytes).metadata()).toMatchObject({ width: 1024, height: 768, format: 'png' })
})

test.for([
  ['gpt-image-2.5-flare-2026-09-08', 'max'],
  ['gpt-image-2.5-sunburst', 'low'],
  ['gpt-image-2', 'high'],
  ['gpt-image-2.6-flare', 'low'],
] as const)('reports for %s %s what was billed', async ([model, quality]) => {
  await using double = await startOpenAi()
  const environment = { OPENAI_API_KEY: key, OPENAI_BASE_URL: double.url }
  const answer = await ask({}, environment, { model, quality })
  expect(answer).toMatchObject({ kind: 'image', microUsd: double.billed[0]?.microUsd })
})

test('sends what was asked for and nothing else', async () => {
  await using double = await startOpenAi()
  const environment = { OPENAI_API_KEY: key, OPENAI_BASE_URL: double.url }
  await ask({}, environment)
  await ask({}, environment, {
    model: 'gpt-image-2.5-flare',
    quality: 'low',
    background: 'transparent',
    moderation: 'low',
    take: 2,
  })
  const { prompt } = input
  const common = { prompt, size: '1024x768', n: 1, output_format: 'png' }
  expect(double.received.map(({ body }) => body)).toEqual([
    { ...common, model: 'gpt-image-2.5-flare-2026-09-08' },
    {
      ...common,
      model: 'gpt-image-2.5-flare',
      quality: 'low',
      background: 'transparent',
      moderation: 'low',
    },
  ])
})

test.for([{ quality: 'ultra' }, { background: 'pink' }, { moderation: 'none' }, { seed: 4 }])(
  'refuses %j without sending it',
  async (change) => {
    await using double = await startOpenAi()
    const environment = { OPENAI_API_KEY: key, OPENAI_BASE_URL: double.url }
    expect(await ask({}, environment, change)).toMatchObject({ kind: 'refused', scope: 'image' })
    expect(double.requests).toBe(0)
  },
)

test('names organisation and project of the environment', async () => {
  await using double = await startOpenAi()
  await ask(
    {},
    {
      OPENAI_API_KEY: key,
      OPENAI_BASE_URL: double.url,
      OPENAI_ORG_ID: 'org-1',
      OPENAI_PROJECT_ID: 'proj-1',
    },
  )
  expect(double.received[0]?.headers).toMatchObject({
    authorization: `Bearer ${key}`,
    'openai-organization': 'org-1',
    'openai-project': 'proj-1',
  })
})

test('prefers the address and key of its options', async () => {
  await using double = await startOpenAi()
  const options = { id: 'local', baseURL: double.url, apiKey: async () => 'sk-test-fetched' }
  const environment = { OPENAI_API_KEY: key, OPENAI_BASE_URL: 'http://nowhere.invalid/v1' }
  const answer = await ask(options, environment)
  expect(answer).toMatchObject({ kind: 'image' })
  expect(answer).not.toHaveProperty('microUsd')
  expect(double.received[0]?.headers.authorization).toBe('Bearer sk-test-fetched')
})

test('uses nothing of the process environment', async () => {
  await using double = await startOpenAi()
  await using ambient = await startOpenAi()
  vi.stubEnv('OPENAI_API_KEY', 'sk-test-ambient')
  vi.stubEnv('OPENAI_ADMIN_KEY', 'sk-test-admin')
  vi.stubEnv('OPENAI_BASE_URL', ambient.url)
  vi.stubEnv('OPENAI_ORG_ID', 'org-ambient')
  vi.stubEnv('OPENAI_PROJECT_ID', 'proj-ambient')
  vi.stubEnv('OPENAI_LOG', 'debug')
  vi.stubEnv(
    'OPENAI_CUSTOM_HEADERS',
    'Authorization: Bearer sk-test-custom\nOpenAI-Organization: org-custom\nX-Ambient: yes',
  )
  expect(openai().connect({})).toEqual({ kind: 'locked', missing: 'OPENAI_API_KEY' })
  const printed = vi.spyOn(console, 'debug')
  await ask({}, { OPENAI_API_KEY: key, OPENAI_BASE_URL: double.url })
  expect(printed).not.toHaveBeenCalled()
  expect(ambient.requests).toBe(0)
  const headers = double.received[0]?.headers ?? {}
  expect(headers.authorization).toBe(`Bearer ${key}`)
  expect(Object.keys(headers).toSorted()).toEqual([
    'accept',
    'accept-encoding',
    'accept-language',
    'authorization',
    'connection',
    'content-length',
    'content-type',
    'host',
    'sec-fetch-mode',
    'user-agent',
  ])
})

test.for([
  ['a key with a line break', { apiKey: 'sk-test-a\nb' }],
  ['an empty fetched key', { apiKey: async (): Promise<string> => '' }],
  ['a key that cannot be fetched', { apiKey: () => Promise.reject(new Error('sk-vault-1')) }],
] as const)('refuses the run for %s, unsent', async ([, options]) => {
  await using double = await startOpenAi()
  const answer = await ask(options, { OPENAI_BASE_URL: double.url })
  expect(answer).toMatchObject({ kind: 'refused', scope: 'run' })
  expect(JSON.stringify(answer)).not.toMatch(/sk-(?:test|vault)/)
  expect(double.requests).toBe(0)
})

test.for([
  [{ baseURL: 'http://localhost:8080/v1' }],
  [{ baseURL: 'http://localhost:8080/v1', id: 'openai' }],
  [{ baseURL: 'https://eu.api.openai.com/v1' }],
  [{ baseURL: 'localhost', id: 'local' }],
  [{ baseURL: 'ftp://localhost/v1', id: 'local' }],
  [{ timeoutMs: 0 }],
  [{ timeoutMs: 1.5 }],
  [{ timeoutMs: Infinity }],
])('refuses the configuration %j', ([options]) => {
  expect(() => openai(options)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }))
})

test('refuses an address of the environment that is none', () => {
  const environment = { OPENAI_API_KEY: key, OPENAI_BASE_URL: 'localhost:8080' }
  expect(() => openai().connect(environment)).toThrow(
    expect.objectContaining({ code: 'CONFIG_INVALID' }),
  )
})

test.for([
  'https://proxy.example/v1',
  'https://api.openai.com.example/v1',
  'https://me.openai.azure.com/openai/v1',
  'http://10.0.0.1/v1',
  'http://localhost.example/v1',
])('refuses %s of the environment, whose prices nobody knows', (address) => {
  const environment = { OPENAI_API_KEY: key, OPENAI_BASE_URL: address }
  expect(openai().connect({ OPENAI_BASE_URL: address }).kind).toBe('locked')
  for (const options of [{}, { id: 'other', price: 'openai' }, { api: 'responses' }] as const)
    expect(() => openai(options).connect(environment)).toThrow(
      expect.objectContaining({
        code: 'CONFIG_INVALID',
        message: expect.stringContaining(`\`${new URL(address).host}\``),
      }),
    )
})

test.for([
  '',
  'https://api.openai.com/v1',
  'https://api.openai.com/v2',
  'http://127.0.0.1:8080/v1',
  'http://[::1]:8080/v1',
  'http://localhost:8080/v1',
  'http://openai.localhost/v1',
])('takes "%s" of the environment for OpenAI', (address) => {
  const environment = { OPENAI_API_KEY: key, OPENAI_BASE_URL: address }
  expect(openai().connect(environment).kind).toBe('ready')
})

test('an address of the environment is nothing to a provider that has its own', () => {
  const environment = { OPENAI_API_KEY: key, OPENAI_BASE_URL: 'https://proxy.example/v1' }
  expect(openai({ baseURL: 'https://api.openai.com/v1' }).connect(environment).kind).toBe('ready')
})

test.for([
  ['aGk=', 'hi'],
  ['aGlp', 'hii'],
] as const)('decodes %s', ([text, bytes]) => {
  expect(Buffer.from(decodeBase64(text) ?? []).toString()).toBe(bytes)
})

test.for([
  '',
  'aGk',
  'aGk==',
  'aG k=',
  'aGk=\n',
  'aGl=',
  'a-_p',
  'aG*p',
  'data:image/png;base64,aGk=',
])('takes %j for no base64', (text) => {
  expect(decodeBase64(text)).toBeUndefined()
})
