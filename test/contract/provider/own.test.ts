import { describe, expect, test } from 'vitest'

import { providerContract } from '../../../packages/core/src/provider/contract/contract.ts'
import { defineProvider } from '../../../packages/core/src/provider/define-provider.ts'
import { fallback } from '../../../packages/core/src/provider/fallback/fallback.ts'
import { openai } from '../../../packages/core/src/provider/openai/openai.ts'
import { sketch } from '../../../packages/core/src/provider/sketch/sketch.ts'
import { fakeProvider } from '../../support/fakes.ts'
import { startOpenAi } from '../../support/openai-server.ts'
import { startResponses } from '../../support/openai/responses.ts'
import { contractSample } from '../../support/ai-sdk-sample.ts'

test.for(providerContract({ provider: sketch(), environment: {} }))(
  'sketch() $name',
  async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  },
)

const sample = defineProvider(contractSample())

test.for(providerContract({ provider: sample, environment: { SAMPLE_KEY: 'sample-secret' } }))(
  'a provider of a user $name',
  async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  },
)

describe('openai()', () => {
  const own = openai()

  test.for([
    ['openai()', own],
    ['fallback()', fallback([own, fakeProvider(async () => ({ kind: 'busy', message: '' }))])],
  ] as const)('%s keeps the contract', async ([, provider]) => {
    await using double = await startOpenAi()
    const environment = { OPENAI_API_KEY: 'sk-test-double', OPENAI_BASE_URL: double.url }
    const closed = await startOpenAi()
    await closed[Symbol.asyncDispose]()
    const unreachable = { ...environment, OPENAI_BASE_URL: closed.url }
    const breakages = [
      { name: 'a closed port', environment: unreachable, answers: ['busy'] as const },
    ]
    const checks = providerContract({ provider, environment, breakages }).filter(
      // A stand-in that needs no key leaves the whole unlocked.
      ({ name }) => provider === own || !name.startsWith('is locked'),
    )
    for (const { run } of checks) await run()
    expect(double.billed).toHaveLength(double.requests)
  })

  const dallE = [{ id: 'dall-e-3' }, { id: 'dall-e-2', variesWithoutPrompt: true }] as const
  test.for([
    ['a server of GPT Image', 'openai', { price: 'openai' }],
    ['a server of DALL·E 3', 'dall-e', { price: 'openai', models: dallE }],
    [
      'a server of DALL·E 2',
      'dall-e',
      { price: 'openai', models: dallE, defaultModel: 'dall-e-2' },
    ],
    ['Azure', 'azure', { price: '0.30', server: 'azure', apiVersion: 'preview' }],
  ] as const)('with %s keeps the contract', async ([, plays, options]) => {
    await using double = await startOpenAi({ plays })
    const provider = openai({ id: 'elsewhere', baseURL: double.url, ...options })
    const environment = { OPENAI_API_KEY: 'sk-test-double' }
    for (const { run } of providerContract({ provider, environment })) await run()
    expect(double.billed.length).toBeGreaterThan(0)
    expect(double.billed).toHaveLength(double.requests)
  })

  test('through the Responses API keeps the contract', async () => {
    await using double = await startResponses()
    const provider = openai({ api: 'responses' })
    const environment = { OPENAI_API_KEY: 'sk-test-double', OPENAI_BASE_URL: double.url }
    for (const { run } of providerContract({ provider, environment })) await run()
    expect(double.billed.length).toBeGreaterThan(0)
    expect(double.billed).toHaveLength(double.bodies.length)
  })
})
