import type { Answer, GenerateInput, Provider } from '../../packages/core/src/ports.ts'

/** What is asked for unless a test says otherwise. */
export const input: GenerateInput = {
  prompt: 'a lighthouse at dusk',
  model: 'gpt-image-2',
  size: { width: 1024, height: 1024 },
  take: 1,
}

/** Buys of the default model, with the keys of every vendor. */
export function ask(provider: Provider, change: Partial<GenerateInput> = {}): Promise<Answer> {
  const connection = provider.connect({
    OPENAI_API_KEY: 'sk-test-double',
    GOOGLE_KEY: 'google-test-key',
  })
  if (connection.kind === 'locked') throw new Error(`locked for want of ${connection.missing}`)
  return connection.generate(
    { ...input, model: provider.defaultModel, ...change },
    new AbortController().signal,
  )
}
