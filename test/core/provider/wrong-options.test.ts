import { createOpenAI } from '@ai-sdk/openai'
import { describe, expect, test } from 'vitest'
import { type AiSdkOptions, aiSdk } from '../../../packages/core/src/provider/ai-sdk/ai-sdk.ts'
import type { ImageModel } from '../../../packages/core/src/provider/ai-sdk/image-model.ts'
import type { OpenAiOptions } from '../../../packages/core/src/provider/openai/options.ts'
import { openai } from '../../../packages/core/src/provider/openai/openai.ts'

describe('openai() refuses', () => {
  test.for([
    ['{ "api": "batches" }', /`api`: .*"images"\|"responses"\|"batch"/],
    ['{ "server": "ollama" }', /`server`: .*"localai"/],
    ['{ "prices": 4 }', /"prices"/],
    ['{ "timeout": 3 }', /"timeout"/],
    ['{ "imagesPerMinute": 2.5 }', /`imagesPerMinute`: .*int/],
    ['{ "models": ["flux"] }', /`models.0`: .*object/],
  ] as const)('%s', ([json, expected]) => {
    // As a configuration in JavaScript may have it, which no type holds back.
    const options: OpenAiOptions = JSON.parse(json)
    expect(() => openai(options)).toThrow(expected)
    expect(() => openai(options)).toThrow(/^`openai\(\)`: .*Nothing was sent$/)
  })
})

describe('aiSdk() refuses', () => {
  const model = createOpenAI({ apiKey: 'sk-test' }).image('gpt-image-2')

  test.for([
    ['{ "price": "$0.02", "size": ["1024x1024"] }', /"size"/],
    ['{ "price": "$0.02", "mask": "yes" }', /`mask`: .*boolean/],
    ['null', /expected object/],
  ] as const)('%s', ([json, expected]) => {
    const options: AiSdkOptions = JSON.parse(json)
    expect(() => aiSdk(model, options)).toThrow(expected)
  })

  test('a model of language', () => {
    const language: ImageModel = Object.create(createOpenAI({ apiKey: 'sk-test' }).chat('gpt-6'))
    expect(() => aiSdk(language, { price: '$0.02' })).toThrow(/expected an image model/)
  })
})

describe('the key of the environment', () => {
  const elsewhere = { id: 'flux', baseURL: 'http://192.0.2.2/v1' } as const
  const environment = { OPENAI_API_KEY: 'sk-test-secret' }

  test('goes to no other host, which has to be given a key of its own', () => {
    expect(() => openai(elsewhere)).toThrow(/expected an `apiKey`.*`apiKey: 'none'`/)
    const provider = openai({ ...elsewhere, apiKey: 'none' })
    expect(provider.connect(environment).kind).toBe('ready')
    expect(provider.credentials).toBeUndefined()
  })

  test.for(['http://127.0.0.1:8080/v1', 'http://localhost/v1', 'https://eu.api.openai.com/v1'])(
    'goes to %s',
    (baseURL) => {
      const id = 'flux'
      expect(openai({ id, baseURL }).connect(environment).kind).toBe('ready')
      expect(openai({ id, baseURL }).connect({}).kind).toBe('locked')
    },
  )
})
