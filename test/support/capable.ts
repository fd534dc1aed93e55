import type { Model, Provider } from '../../packages/core/src/ports.ts'
import { fakeProvider } from './fakes.ts'

const grid: Model['sizes'] = {
  kind: 'grid',
  step: 16,
  maxEdge: 3840,
  maxRatio: 3,
  minPixels: 655_360,
  maxPixels: 8_294_400,
}

const still: Model = {
  id: 'still',
  aliases: [],
  sizes: grid,
  qualities: [],
  backgrounds: [],
  honours: [],
  maxPromptCodePoints: 1000,
}

/** A provider that may not be asked, of models that honour whatever there is. */
export function capable(overrides: Partial<Provider> = {}): Provider {
  return fakeProvider(
    () => {
      throw new Error('a stage that must not buy asked the provider')
    },
    {
      defaultModel: 'all',
      models: [
        {
          ...still,
          id: 'all',
          backgrounds: ['opaque', 'transparent'],
          honours: [
            'background',
            'complexity',
            'rendering',
            'ref',
            'mask',
            'vary',
            'animated',
            'vector',
          ],
          renderings: ['vivid', 'natural'],
          maxReferences: 3,
          frames: { min: 2, max: 16 },
        },
        { ...still, id: 'wordless', honours: ['vary'], variesWithoutPrompt: true },
        still,
      ],
      ...overrides,
    },
  )
}
