import { createOpenAI } from '@ai-sdk/openai'
import type { ImageModelV2, ImageModelV3, ImageModelV4 } from '@ai-sdk/provider'
import { describe, expect, expectTypeOf, onTestFinished, test, vi } from 'vitest'

import { type AiSdkOptions, aiSdk } from '../../../packages/core/src/provider/ai-sdk/ai-sdk.ts'
import { nearestRatio } from '../../../packages/core/src/provider/ai-sdk/aspect-ratio.ts'
import { redact } from '../../../packages/core/src/provider/redact.ts'
import type { ImageModel } from '../../../packages/core/src/provider/ai-sdk/image-model.ts'
import type { Provider } from '../../../packages/core/src/ports.ts'
import { ask, input } from '../../support/ai-sdk-buyer.ts'
import { png } from '../../support/pictures.ts'
import { type Fault, mishaps, refusals, startOpenAi } from '../../support/openai-server.ts'

const key = 'sk-test-double'

const openAiAt = (baseURL: string, options: Partial<AiSdkOptions> = {}): Provider =>
  aiSdk(createOpenAI({ baseURL, apiKey: key }).image('gpt-image-2'), {
    price: '0.2',
    credential: 'OPENAI_API_KEY',
    ...options,
  })

test('takes the models of every version', () => {
  expectTypeOf<ImageModelV2>().toExtend<ImageModel>()
  expectTypeOf<ImageModelV3>().toExtend<ImageModel>()
  expectTypeOf<ImageModelV4>().toExtend<ImageModel>()
})

describe('with a model of OpenAI', () => {
  test('sends one request for one picture with the options of its vendor', async () => {
    await using double = await startOpenAi()
    const answer = await ask(
      openAiAt(double.url, { providerOptions: { openai: { quality: 'low' } } }),
    )
    expect(answer.kind).toBe('image')
    expect(answer).not.toHaveProperty('making')
    expect(double.received.map(({ body }) => body)).toEqual([
      { model: 'gpt-image-2', prompt: input.prompt, n: 1, size: '1024x1024', quality: 'low' },
    ])
    expect(double.billed).toHaveLength(1)
  })

  test.for([
    ['moderation', 'prompt', 'moderation_blocked'],
    ['contentPolicy', 'prompt', 'content_policy_violation'],
    ['billingLimit', 'run', 'billing_hard_limit_reached'],
    ['badSize', 'image', 'invalid_value'],
    ['unprocessable', 'image', 'invalid_request_error'],
    ['modelNotFound', 'run', 'model_not_found'],
    ['badKey', 'run', 'invalid_api_key'],
    ['unverified', 'run', 'invalid_request_error'],
    ['quota', 'run', 'insufficient_quota'],
    ['noAccess', 'run', 'rate_limit_exceeded'],
  ] as const)('%s refuses the %s as `%s`, asked once', async ([name, scope, code]) => {
    await using double = await startOpenAi()
    double.fail(refusals[name])
    const answer = await ask(openAiAt(double.url))
    expect(answer).toMatchObject({ kind: 'refused', scope, code })
    expect(JSON.stringify(answer)).not.toContain(key)
    expect(double.requests).toBe(1)
    expect(double.billed).toEqual([])
  })

  test.for([
    ['rateLimit', 2000],
    ['overloaded', undefined],
  ] as const)('%s is busy for %s ms, asked once', async ([name, afterMs]) => {
    await using double = await startOpenAi()
    double.fail(refusals[name])
    const answer = await ask(openAiAt(double.url))
    expect(answer).toMatchObject({ kind: 'busy', ...(afterMs !== undefined && { afterMs }) })
    expect(double.requests).toBe(1)
    expect(double.billed).toEqual([])
  })

  const readable = new Set(['half-png', 'no-usage', 'wrong-dimensions', 'hang'])
  test.for(mishaps.filter((mishap) => !readable.has(mishap)))(
    'a request of %s is of unknown fate, and sent once',
    async (mishap) => {
      await using double = await startOpenAi()
      double.fail(mishap)
      expect((await ask(openAiAt(double.url))).kind).toBe('unknown')
      expect(double.requests).toBe(1)
      expect(double.billed).toHaveLength(1)
    },
  )

  test.for([408, 409, 500, 502, 503, 504])('a bare %i is of unknown fate', async (status) => {
    await using double = await startOpenAi()
    const fault: Fault = { status, error: { message: 'No.', type: 'server_error' } }
    double.fail(fault)
    expect((await ask(openAiAt(double.url))).kind).toBe('unknown')
    expect(double.requests).toBe(1)
  })

  test('a closed port is busy', async () => {
    const double = await startOpenAi()
    await double[Symbol.asyncDispose]()
    expect(await ask(openAiAt(double.url))).toMatchObject({
      kind: 'busy',
      message: expect.stringContaining('nothing was sent'),
    })
  })

  test('a picture of another size than asked says so', async () => {
    await using double = await startOpenAi()
    double.fail('wrong-dimensions')
    expect(await ask(openAiAt(double.url))).toMatchObject({
      kind: 'image',
      making: { size: { width: 512, height: 512 } },
    })
    expect(double.billed).toHaveLength(1)
  })

  test('a request cancelled after it was sent is of unknown fate', async () => {
    await using double = await startOpenAi({ delayMs: 600_000 })
    const controller = new AbortController()
    const connection = openAiAt(double.url).connect({ OPENAI_API_KEY: key })
    const answer =
      connection.kind === 'ready' ? connection.generate(input, controller.signal) : undefined
    await expect.poll(() => double.billed.length).toBe(1)
    controller.abort()
    expect((await answer)?.kind).toBe('unknown')
    expect(double.requests).toBe(1)
  })

  test('a request that takes longer than `timeoutMs` is of unknown fate, and sent once', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    await using double = await startOpenAi({ delayMs: 600_000 })
    const answer = ask(openAiAt(double.url, { timeoutMs: 200 }))
    await expect.poll(() => double.billed.length).toBe(1)
    vi.advanceTimersByTime(200)
    expect(await answer).toMatchObject({
      kind: 'unknown',
      message: expect.stringContaining('no answer within `timeoutMs`, 200 ms; it may have been'),
    })
    expect(double.requests).toBe(1)
    expect(double.billed).toHaveLength(1)
  })

  test.for([
    { quality: 'low' },
    { background: 'opaque' },
    { seed: 1 },
    { model: 'dall-e-3' },
    { vector: true as const },
  ])('refuses %j unsent', async (change) => {
    await using double = await startOpenAi()
    expect(await ask(openAiAt(double.url), change)).toMatchObject({ kind: 'refused' })
    expect(double.requests).toBe(0)
  })
})

const model = createOpenAI({ apiKey: key }).image('gpt-image-2')

test.for([
  [{ price: 'free' }, '`price`'],
  [{ price: -1 }, '`price`'],
  [{ price: 1, sizes: [] }, '`sizes`'],
  [{ price: 1, sizes: ['big'] }, '`sizes`'],
  [{ price: 1, aspectRatios: [] }, '`aspectRatios`'],
  [{ price: 1, id: '' }, '`id`'],
  [{ price: 1, mask: true }, '`mask`'],
  [{ price: 1, timeoutMs: 0 }, '`timeoutMs`'],
  [{ price: 1, imagesPerMinute: 0 }, '`imagesPerMinute`'],
  [{ price: 1, imagesPerMinute: Number.NaN }, '`imagesPerMinute`'],
  [{ price: 1, timeoutMs: Infinity }, '`timeoutMs`'],
] as const)('refuses the options %j', ([options, field]) => {
  expect(() => aiSdk(model, options)).toThrow(
    expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringContaining(field) }),
  )
})

test('a model that heeds no signal is given up as well', async () => {
  const deaf: ImageModel = {
    specificationVersion: 'v4',
    provider: 'deaf',
    modelId: 'deaf-1',
    doGenerate: () => new Promise(() => undefined),
  }
  expect(await ask(aiSdk(deaf, { price: 1, timeoutMs: 1 }))).toMatchObject({ kind: 'unknown' })
})

const drawn = await png({ width: 1024, height: 1024 })

/** A model of any version, which answers with these headers. */
const sampleModel = (
  specificationVersion: ImageModel['specificationVersion'],
  headers: Readonly<Record<string, string>> = {},
): ImageModel => ({
  specificationVersion,
  provider: 'sample',
  modelId: 'sample-1',
  doGenerate: async () => ({ images: [drawn], warnings: [], response: { headers } }),
})

describe('the headers of an answer', () => {
  const paced = {
    'X-RateLimit-Limit-Requests': '5',
    'x-ratelimit-remaining-requests': '0',
    'x-ratelimit-reset-requests': '12s',
    'x-request-id': 'req-7',
  }
  const told = { pace: { limit: 5, remaining: 0, resetMs: 12_000 }, requestId: 'req-7' }

  test('tell the pace of the account and the id of the request', async () => {
    expect(await ask(aiSdk(sampleModel('v4', paced), { price: 1 }))).toMatchObject({
      kind: 'image',
      ...told,
    })
  })

  test('tell them of a request that was refused, too', async () => {
    const refusing: ImageModel = {
      ...sampleModel('v4'),
      doGenerate: async () => {
        const call = { requestBodyValues: { n: 1 }, statusCode: 400, responseHeaders: paced }
        throw Object.assign(new Error('no'), call)
      },
    }
    expect(await ask(aiSdk(refusing, { price: 1 }))).toMatchObject({ kind: 'refused', ...told })
  })

  test('lose no picture where no header can be such', async () => {
    const junk = { 'a b': 'c', 'x-request-id': 'req\n7', 'x-ratelimit-reset-requests': 'soon' }
    const answer = await ask(aiSdk(sampleModel('v4', junk), { price: 1 }))
    expect(answer).toEqual({ kind: 'image', bytes: drawn })
  })
})

test('a connection tells the limits of its account', () => {
  const limits = { account: 'studio', imagesPerMinute: 5 }
  expect(aiSdk(model, { price: 1, ...limits }).connect({})).toMatchObject(limits)
  expect(aiSdk(model, { price: 1 }).connect({})).not.toHaveProperty('account')
})

const breaking = (syscall: string | undefined): ImageModel => ({
  specificationVersion: 'v4',
  provider: 'far',
  modelId: 'far-1',
  doGenerate: async () => {
    const lost = Object.assign(new Error('no route to the host'), { code: 'EHOSTUNREACH', syscall })
    const message = 'Cannot connect to API'
    throw Object.assign(new Error(message, { cause: lost }), { requestBodyValues: { n: 1 } })
  },
})

test.for([
  ['connect', 'busy'],
  ['getaddrinfo', 'busy'],
  [undefined, 'busy'],
  ['read', 'unknown'],
  ['write', 'unknown'],
] as const)('a host that is out of reach on %s is %s', async ([syscall, kind]) => {
  expect((await ask(aiSdk(breaking(syscall), { price: 1 }))).kind).toBe(kind)
})

test('prices by a function, and knows no price where that answers nothing', () => {
  const provider = aiSdk(model, {
    price: ({ size }) => (size.width > 1024 ? undefined : '$0.05'),
  })
  expect(provider.estimate(input)).toEqual({
    microUsd: 50_000,
    worstMicroUsd: 50_000,
    basis: 'upper-bound',
    source: 'the configuration',
  })
  const large = { ...input, size: { width: 1536, height: 1024 } }
  expect(provider.estimate(large)).toBeUndefined()
})

test('goes by the name of its vendor', () => {
  expect(aiSdk(model, { price: 1 }).id).toBe('ai-sdk-openai-image')
})

test.for([
  [1536, 1024, '3:2'],
  [1024, 1024, '1:1'],
  [1920, 1000, '16:9'],
  [600, 1000, '2:3'],
] as const)('%ix%i is nearest to %s', ([width, height, ratio]) => {
  expect(nearestRatio({ width, height }, ['1:1', '3:2', '2:3', '16:9'])).toBe(ratio)
})

test('hides secrets', () => {
  expect(redact('bad key plain-secret\n and sk-abc', 'plain-secret', '')).toBe('bad key … and …')
})
