import { AssertionError } from 'node:assert'
import { expect, test } from 'vitest'

import type { Answer, Connection, Provider } from '../../../packages/core/src/ports.ts'
import { providerContract } from '../../../packages/core/src/provider/contract/contract.ts'
import { answer, contractSample } from '../../support/ai-sdk-sample.ts'
import { png } from '../../support/pictures.ts'

const environment = { SAMPLE_KEY: 'sample-secret' }
const sample = contractSample()
const [model] = sample.models

const ready = (
  generate: (...request: Parameters<typeof answer>) => Promise<Answer>,
): Pick<Provider, 'connect'> => ({
  connect: (from) =>
    from['SAMPLE_KEY'] === undefined
      ? { kind: 'locked', missing: 'SAMPLE_KEY' }
      : { kind: 'ready', generate, edit: (input, _, signal) => generate(input, signal) },
})

const modelLike = (change: Partial<Provider['models'][number]>): Pick<Provider, 'models'> => ({
  models: model === undefined ? [] : [{ ...model, ...change }],
})

const estimating = (microUsd: number, worstMicroUsd: number): Pick<Provider, 'estimate'> => ({
  estimate: () => ({ microUsd, worstMicroUsd, basis: 'exact', source: 'a sample' }),
})

const dearerEachTime = (): Provider['estimate'] => {
  const asked: unknown[] = []
  return (input) => {
    const microUsd = asked.push(input)
    return { microUsd, worstMicroUsd: microUsd, basis: 'exact', source: 'a sample' }
  }
}

const always = (connection: Connection): Pick<Provider, 'connect'> => ({
  connect: () => connection,
})

const broken = [
  ['has an id that a directive can name', { id: 'two words' }],
  ['tells its models apart by every id and alias', modelLike({ aliases: ['sample-1'] })],
  ['has its default model among its models', { defaultModel: 'sample' }],
  ['has size rules that some picture fits', modelLike({ sizes: { kind: 'list', sizes: [] } })],
  [
    'has size rules that some picture fits',
    modelLike({ sizes: { kind: 'list', sizes: [{ width: 64.5, height: 64 }] } }),
  ],
  ['knows values of the attributes that its models honour', modelLike({ qualities: [] })],
  ['knows values of the attributes that its models honour', modelLike({ maxReferences: 0 })],
  ['estimates whole micro-dollars, at worst no less than expected', estimating(0.5, 1)],
  ['estimates whole micro-dollars, at worst no less than expected', estimating(2, 1)],
  ['estimates the same request the same, at once', { estimate: dearerEachTime() }],
  [
    'answers no estimate for a model that it does not know, unless all it makes is free',
    estimating(1, 1),
  ],
  [
    'connects under the environment that it needs',
    always({ kind: 'locked', missing: 'SAMPLE_KEY' }),
  ],
  [
    'is locked without its credentials, and names one of them',
    always({ kind: 'ready', generate: answer }),
  ],
  [
    'is locked without its credentials, and names one of them',
    always({ kind: 'locked', missing: 'a key' }),
  ],
  [
    'answers a picture of the size that was asked for, or that it names',
    ready(async () => ({ kind: 'image', bytes: await png({ width: 32, height: 64 }) })),
  ],
  [
    'sends nothing once it was aborted',
    ready((input) => answer(input, new AbortController().signal)),
  ],
  ['bills no more than the worst of its estimate', estimating(1, 999)],
  [
    'sends no edit once it was aborted',
    always({
      kind: 'ready',
      generate: answer,
      edit: (input) => answer(input, new AbortController().signal),
    }),
  ],
  [
    'accepts every value of what its model honours',
    modelLike({ qualities: ['low', 'medium', 'high'] }),
  ],
  [
    'refuses a value that it does not know',
    ready((input, signal) => answer({ ...input, quality: 'low' }, signal)),
  ],
  [
    'shows no secret of the environment in an answer',
    ready(async () => ({ kind: 'unknown', message: 'sample-secret was wrong' })),
  ],
  ['takes the pictures that a model of it honours', always({ kind: 'ready', generate: answer })],
  [
    'edits a picture, with a mask where its model honours one',
    always({
      kind: 'ready',
      generate: answer,
      edit: async () => ({ kind: 'busy', message: 'later' }),
    }),
  ],
] as const satisfies readonly (readonly [string, Partial<Provider>])[]

test.for(broken)('"%s" fails for a provider that breaks it', async ([name, change]) => {
  const provider = contractSample(change)
  const check = providerContract({ provider, environment }).find((one) => one.name === name)
  expect(check).toBeDefined()
  await expect(check?.run()).rejects.toBeInstanceOf(AssertionError)
})

test('a breakage that is answered otherwise fails', async () => {
  const checks = providerContract({
    provider: sample,
    environment,
    breakages: [{ name: 'a closed port', environment, answers: ['busy', 'unknown'] }],
  })
  const check = checks.find(({ name }) => name === 'answers busy or unknown for a closed port')
  await expect(check?.run()).rejects.toThrow('it answered image')
})

test('every check is broken by a case above, and names are told apart', () => {
  const names = providerContract({ provider: sample, environment }).map(({ name }) => name)
  expect(names).toHaveLength(new Set(names).size)
  expect(new Set(broken.map(([name]) => name))).toEqual(new Set(names))
})
