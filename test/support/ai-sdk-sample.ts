import type { Answer, GenerateInput, Provider } from '../../packages/core/src/ports.ts'
import { png } from './pictures.ts'

/** A provider as a user would write it, for the contract. */
export function contractSample(overrides: Partial<Provider> = {}): Provider {
  return {
    id: 'sample',
    digitalSourceType: 'trainedAlgorithmicMedia',
    defaultModel: 'sample-1',
    models: [
      {
        id: 'sample-1',
        aliases: ['sample'],
        sizes: { kind: 'list', sizes: [{ width: 64, height: 64 }] },
        qualities: ['low', 'high'],
        backgrounds: ['opaque'],
        honours: ['quality', 'background', 'seed', 'ref', 'mask'],
        maxPromptCodePoints: 1000,
        maxReferences: 1,
      },
    ],
    credentials: ['SAMPLE_KEY'],
    estimate: ({ model }) =>
      model === 'sample-1'
        ? { microUsd: 1000, worstMicroUsd: 2000, basis: 'upper-bound', source: 'a sample' }
        : undefined,
    connect: (environment) =>
      environment['SAMPLE_KEY'] === undefined
        ? { kind: 'locked', missing: 'SAMPLE_KEY' }
        : { kind: 'ready', generate: answer, edit: (input, _, signal) => answer(input, signal) },
    ...overrides,
  }
}

export async function answer(input: GenerateInput, signal: AbortSignal): Promise<Answer> {
  if (signal.aborted) return { kind: 'busy', message: 'cancelled' }
  if (!['low', 'high', undefined].includes(input.quality)) return refused
  if (!['opaque', undefined].includes(input.background)) return refused
  return { kind: 'image', bytes: await png(input.size), microUsd: 1000 }
}

const refused: Answer = {
  kind: 'refused',
  scope: 'image',
  code: 'invalid_value',
  message: 'no such value',
}
