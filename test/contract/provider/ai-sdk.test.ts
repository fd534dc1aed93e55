import { createDeepInfra } from '@ai-sdk/deepinfra'
import { createGoogle } from '@ai-sdk/google'
import { createOpenAI } from '@ai-sdk/openai'
import { createTogetherAI } from '@ai-sdk/togetherai'
import { createXai } from '@ai-sdk/xai'
import type { ImageModelV2, ImageModelV3, ImageModelV4 } from '@ai-sdk/provider'
import { describe, expect, test } from 'vitest'

import { providerContract } from '../../../packages/core/src/provider/contract/contract.ts'
import { type AiSdkOptions, aiSdk } from '../../../packages/core/src/provider/ai-sdk/ai-sdk.ts'
import type {
  ImageModel,
  ImageModelCall,
} from '../../../packages/core/src/provider/ai-sdk/image-model.ts'
import { type Vendor, startVendor } from '../../support/ai-sdk-double.ts'
import { deepinfra, together, xai } from '../../support/ai-sdk-vendors.ts'
import { google } from '../../support/google-double.ts'
import { png } from '../../support/pictures.ts'
import { startOpenAi } from '../../support/openai-server.ts'

type Case = readonly [
  name: string,
  vendor: Vendor,
  model: (baseURL: string) => ImageModel,
  options: Partial<AiSdkOptions>,
]

const apiKey = 'vendor-test-key'

const cases: readonly Case[] = [
  [
    'google',
    google,
    (baseURL) =>
      createGoogle({ baseURL, apiKey: 'google-test-key' }).image('gemini-2.5-flash-image'),
    { aspectRatios: ['1:1', '3:2', '16:9'], maxReferences: 3 },
  ],
  [
    'xai',
    xai,
    (baseURL) => createXai({ baseURL, apiKey }).image('grok-imagine-image'),
    { aspectRatios: ['1:1', '16:9'], maxReferences: 3 },
  ],
  [
    'togetherai',
    together,
    (baseURL) => createTogetherAI({ baseURL, apiKey }).image('black-forest-labs/FLUX.1-schnell'),
    { sizes: ['512x512'], seed: true },
  ],
  [
    'deepinfra',
    deepinfra,
    (baseURL) => createDeepInfra({ baseURL, apiKey }).image('black-forest-labs/FLUX-1-schnell'),
    { sizes: ['512x512'], seed: true },
  ],
]

describe.for(cases)('aiSdk() with %s', ([name, vendor, modelAt, options]) => {
  const environment = { VENDOR_KEY: apiKey }
  const providerAt = (url: string) =>
    aiSdk(modelAt(url), { price: '0.04', credential: 'VENDOR_KEY', ...options })
  const names = providerContract({ provider: providerAt('http://127.0.0.1:9'), environment })

  test.for(names.map((check) => check.name))('%s', async (title) => {
    await using double = await startVendor(vendor)
    const provider = providerAt(double.url)
    await providerContract({ provider, environment })
      .find((one) => one.name === title)
      ?.run()
    expect(double.billed).toHaveLength(double.received.length)
  })

  test(`${name} was refused nothing, so that every request was billed`, async () => {
    await using double = await startVendor(vendor)
    const provider = providerAt(double.url)
    for (const { run } of providerContract({ provider, environment })) await run()
    expect(double.billed.length).toBeGreaterThan(0)
    expect(double.billed).toHaveLength(double.received.length)
  })
})

describe('aiSdk() with a model of each version', () => {
  const warnings: [] = []
  const response = { timestamp: new Date(0), modelId: 'sample-1', headers: undefined }
  const usage = { inputTokens: 1, outputTokens: 1, totalTokens: 2 }
  const common = { provider: 'sample', modelId: 'sample-1', maxImagesPerCall: 1 } as const
  const draw = async ({ size }: { readonly size: `${number}x${number}` | undefined }) => {
    const [width = 0, height = 0] = (size ?? '').split('x').map(Number)
    return png({ width, height })
  }
  const two: ImageModelV2 = {
    ...common,
    specificationVersion: 'v2',
    doGenerate: async (call) => ({ images: [await draw(call)], warnings, response }),
  }
  const three: ImageModelV3 = {
    ...common,
    specificationVersion: 'v3',
    doGenerate: async (call) => ({
      images: [Buffer.from(await draw(call)).toString('base64')],
      warnings,
      response,
      usage,
    }),
  }
  const four: ImageModelV4 = {
    ...three,
    specificationVersion: 'v4',
    supportsFileInputs: true,
    supportsMaskInputs: true,
    doGenerate: async (call) => ({ images: [await draw(call)], warnings, response, usage }),
  }

  test.for([
    ['v2', two, { seed: true }],
    ['v3', three, { seed: true, maxReferences: 2, mask: true }],
    ['v4', four, { seed: true, maxReferences: 2, mask: true }],
  ] as const)('%s keeps the contract', async ([, model, options]) => {
    const calls: ImageModelCall[] = []
    const counted: ImageModel = {
      ...model,
      doGenerate: (call) => {
        calls.push(call)
        return model.doGenerate(call)
      },
    }
    const provider = aiSdk(counted, { price: '0.04', ...options })
    for (const { run } of providerContract({ provider, environment: {} })) await run()
    expect(calls.every(({ n, prompt }) => n === 1 && prompt !== '')).toBe(true)
    expect(calls.some(({ seed }) => seed === 1)).toBe(true)
    expect(calls.some(({ files }) => files?.length === 1)).toBe('mask' in options)
  })
})

test('aiSdk() with openai keeps the contract', async () => {
  await using double = await startOpenAi()
  const model = createOpenAI({ baseURL: double.url, apiKey: 'sk-test-double' }).image('gpt-image-2')
  const provider = aiSdk(model, { price: 0.2, credential: 'OPENAI_API_KEY' })
  const environment = { OPENAI_API_KEY: 'sk-test-double' }
  for (const { run } of providerContract({ provider, environment })) await run()
  expect(double.billed.length).toBeGreaterThan(0)
  expect(double.billed).toHaveLength(double.requests)
})
