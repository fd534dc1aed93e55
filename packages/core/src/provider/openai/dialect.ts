/** A server that speaks the Images API, or nearly. */
export type Server = (typeof servers)[number]

export const servers = ['openai', 'azure', 'localai', 'stable-diffusion.cpp', 'vllm-omni'] as const

/** Bought attributes that go along as parameters of their own; OpenAI has all of them but `seed`. */
export const parameters = [
  'quality',
  'background',
  'moderation',
  'complexity',
  'rendering',
  'frames',
  'vector',
  'seed',
] as const

export type Parameter = (typeof parameters)[number]

/** How a server deviates from OpenAI's own. */
export interface Dialect {
  /** Whether the key goes into `api-key`, not into `Authorization`. */
  readonly hasKeyHeader: boolean
  /** Whom a request tells that base64 is wanted; GPT Image refuses the parameter and needs none. */
  readonly responseFormat: 'never' | 'not-gpt-image' | 'always'
  /** Whether `output_format` is sent: to GPT Image, which is on OpenAI and Azure, to all, or to none. */
  readonly outputFormat: 'gpt-image' | 'always' | 'never'
  readonly parameters: readonly Parameter[]
}

const dialects: Readonly<Record<Server, Dialect>> = {
  // Whoever answers at another `baseURL` may take a seed, where the configuration says so of its model.
  openai: {
    hasKeyHeader: false,
    responseFormat: 'not-gpt-image',
    outputFormat: 'gpt-image',
    parameters,
  },
  azure: {
    hasKeyHeader: true,
    responseFormat: 'not-gpt-image',
    outputFormat: 'gpt-image',
    parameters: parameters.filter((name) => name !== 'seed'),
  },
  // Answers addresses unless it is asked for base64.
  localai: {
    hasKeyHeader: false,
    responseFormat: 'always',
    outputFormat: 'never',
    parameters: ['quality'],
  },
  // Knows base64 alone.
  'stable-diffusion.cpp': {
    hasKeyHeader: false,
    responseFormat: 'never',
    outputFormat: 'always',
    parameters: [],
  },
  'vllm-omni': {
    hasKeyHeader: false,
    responseFormat: 'always',
    outputFormat: 'never',
    parameters: ['seed'],
  },
}

export function dialectOf(server: Server): Dialect {
  return dialects[server]
}
