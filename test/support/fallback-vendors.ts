import type { Answer, GenerateInput, Provider } from '../../packages/core/src/ports.ts'
import {
  type FallbackEntry,
  type FallbackOptions,
  fallback,
} from '../../packages/core/src/provider/fallback/fallback.ts'
import { type FakeProvider, fakeProvider } from './fakes.ts'
import { png } from './pictures.ts'

/** What is asked for unless a test says otherwise. */
export const asked: GenerateInput = {
  prompt: 'a fox',
  model: 'fake-1',
  size: { width: 512, height: 512 },
  quality: 'medium',
  take: 1,
}

export const refused = (scope: 'prompt' | 'image' | 'run', microUsd?: number): Answer => ({
  kind: 'refused',
  scope,
  code: scope,
  message: scope,
  ...(microUsd !== undefined && { microUsd }),
})

/** A provider that bills each picture, and each unknown outcome, as its vendor would. */
export function vendor(
  id: string,
  answer: Answer | 'image',
  overrides: Partial<Provider> = {},
): { readonly provider: FakeProvider; readonly billed: readonly GenerateInput[] } {
  const billed: GenerateInput[] = []
  const provider: FakeProvider = fakeProvider(
    async (input) => {
      if (answer !== 'image' && answer.kind !== 'unknown') return answer
      billed.push(input)
      return answer === 'image'
        ? { kind: 'image', bytes: await png(input.size), microUsd: 1000 }
        : answer
    },
    { id, ...overrides },
  )
  return { provider, billed }
}

/** Buys of the first of them that makes it. */
export async function ask(
  entries: readonly (Provider | FallbackEntry)[],
  options: FallbackOptions = {},
  input: GenerateInput = asked,
): Promise<Answer> {
  const connection = fallback(entries, options).connect({})
  if (connection.kind === 'locked') throw new Error(`locked for want of ${connection.missing}`)
  return connection.generate(input, new AbortController().signal)
}
