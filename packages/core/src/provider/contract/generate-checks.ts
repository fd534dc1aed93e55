import { strict as assert } from 'node:assert'
import { inspect } from 'node:util'
import sharp from 'sharp'

import type { Answer, Environment, GenerateInput, Model } from '../../ports.ts'
import type { Provider, ReadyConnection } from '../../ports.ts'
import type { Breakage, ContractCheck } from './contract.ts'
import { readyConnection } from './smallest-input.ts'

/** What pictures are asked for with. */
export interface Subject {
  readonly provider: Provider
  readonly environment: Environment
  readonly input: () => GenerateInput
}

/** Buying: one answer for each request, whatever happens. */
export function generateChecks(
  subject: Subject & { readonly breakages: readonly Breakage[] },
): readonly ContractCheck[] {
  const { provider, environment, input, breakages } = subject
  const ask = (change: Partial<GenerateInput> = {}, from = environment): Promise<Answer> => {
    const { signal } = new AbortController()
    return readyConnection(provider, from).generate({ ...input(), ...change }, signal)
  }
  return [
    {
      name: 'answers a picture of the size that was asked for, or that it names',
      run: async () => checkPictureOf(await ask(), input()),
    },
    {
      name: 'sends nothing once it was aborted',
      run: async () => checkAborted((signal) => connected(subject).generate(input(), signal)),
    },
    {
      name: 'accepts every value of what its model honours',
      run: async () => {
        for (const change of honoured(modelOf(provider, input())))
          await checkPictureOf(await ask(change), input(), inspect(change))
      },
    },
    {
      name: 'bills no more than the worst of its estimate',
      run: async () => {
        const { honours, qualities } = modelOf(provider, input())
        const known = honours.includes('quality') ? qualities : []
        for (const change of [{}, ...known.map((quality) => ({ quality }))]) {
          const worst = provider.estimate({ ...input(), ...change })?.worstMicroUsd
          if (worst !== undefined) checkBill(await ask(change), worst, inspect(change))
        }
      },
    },
    {
      name: 'refuses a value that it does not know',
      run: async () => {
        const changes = [{ quality: 'no-such-quality' }, { background: 'no-such-background' }]
        for (const change of changes)
          assert.equal((await ask(change)).kind, 'refused', inspect(change))
      },
    },
    {
      name: 'shows no secret of the environment in an answer',
      run: async () => {
        for (const from of [environment, ...breakages.map((one) => one.environment)])
          checkSecrets(await ask({}, from), provider, from)
        checkSecrets(await ask({ quality: 'no-such-quality' }), provider, environment)
      },
    },
    ...breakages.map(({ name, environment: broken, answers }) => ({
      name: `answers ${answers.join(' or ')} for ${name}`,
      run: async () => {
        const answer = await ask({}, broken)
        assert.ok(answers.includes(answer.kind), `it answered ${answer.kind}`)
      },
    })),
  ]
}

/** Checks that an answer is a whole picture of the size asked for, or of the one that it names. */
export async function checkPictureOf(answer: Answer, asked: GenerateInput, of = ''): Promise<void> {
  assert.equal(answer.kind, 'image', `${of} ${'message' in answer ? answer.message : ''}`)
  assert.ok(answer.kind === 'image')
  const { width, height } = answer.making?.size ?? asked.size
  const { info } = await sharp(answer.bytes).raw().toBuffer({ resolveWithObject: true })
  assert.deepEqual({ width: info.width, height: info.height }, { width, height }, of)
  const { microUsd } = answer
  if (microUsd !== undefined)
    assert.ok(Number.isSafeInteger(microUsd) && microUsd >= 0, `${microUsd} is no amount`)
}

/** Ways to ask for each value of each attribute; those whose values are the vendor's own are left out. */
function honoured(model: Model): readonly Partial<GenerateInput>[] {
  const { honours, qualities, backgrounds, renderings = [] } = model
  return [
    ...(honours.includes('quality') ? qualities.map((quality) => ({ quality })) : []),
    ...(honours.includes('background') ? backgrounds.map((background) => ({ background })) : []),
    ...(honours.includes('rendering') ? renderings.map((rendering) => ({ rendering })) : []),
    ...(honours.includes('moderation') ? [{ moderation: 'auto' }] : []),
    ...(honours.includes('seed') ? [{ seed: 1 }] : []),
  ]
}

function modelOf(provider: Provider, { model: name }: GenerateInput): Model {
  const model = provider.models.find(({ id, aliases }) => [id, ...aliases].includes(name))
  assert.ok(model, `\`${name}\` is none of its models`)
  return model
}

function connected({ provider, environment }: Subject): ReadyConnection {
  return readyConnection(provider, environment)
}

/** A charge above what the budget was asked for. */
function checkBill(answer: Answer, worstMicroUsd: number, of: string): void {
  if (answer.kind !== 'image' && answer.kind !== 'refused') return
  const { microUsd = 0 } = answer
  assert.ok(
    microUsd <= worstMicroUsd,
    `${of} was billed ${microUsd} micro-dollars, and estimated at ${worstMicroUsd} at worst`,
  )
}

/** It answers that nothing was made, or rejects with the very reason of the signal. */
export async function checkAborted(ask: (signal: AbortSignal) => Promise<Answer>): Promise<void> {
  const reason = new Error('cancelled by the contract')
  const signal = AbortSignal.abort(reason)
  try {
    const { kind } = await ask(signal)
    assert.ok(kind === 'busy' || kind === 'refused', `it answered ${kind}`)
  } catch (cause) {
    if (cause !== reason) throw cause
  }
}

function checkSecrets(answer: Answer, provider: Provider, environment: Environment): void {
  const shown = inspect('bytes' in answer ? { ...answer, bytes: [] } : answer, { depth: 10 })
  for (const name of provider.credentials ?? []) {
    const secret = environment[name]
    assert.ok(!secret || !shown.includes(secret), `it shows the value of ${name}`)
  }
}
