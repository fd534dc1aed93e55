import { expect, test } from 'vitest'

import { defineProvider } from '../../../packages/core/src/provider/define-provider.ts'
import { contractSample } from '../../support/ai-sdk-sample.ts'

const [model] = contractSample().models

test('answers the very provider', () => {
  const provider = contractSample()
  expect(defineProvider(provider)).toBe(provider)
})

test.for([
  [{ id: '' }, 'id'],
  [{ defaultModel: 'sample-2' }, 'defaultModel'],
  [{ models: [] }, 'defaultModel'],
  [{ models: [{ ...model, honours: 'seed' }] }, 'models.0.honours'],
  [
    { models: [{ ...model, sizes: { kind: 'list', sizes: [{ width: 0, height: 1 }] } }] },
    'models.0.sizes',
  ],
  [{ estimate: undefined }, 'estimate'],
  [{ connect: 'openai' }, 'connect'],
  [{ digitalSourceType: 'photo' }, 'digitalSourceType'],
] as const)('refuses %j by its path `%s`', ([change, path]) => {
  const broken = { ...contractSample(), ...change }
  expect(() => Reflect.apply(defineProvider, undefined, [broken])).toThrow(
    expect.objectContaining({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining(`\`${path}`),
    }),
  )
})
