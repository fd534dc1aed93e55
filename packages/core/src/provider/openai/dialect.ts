/** A server that speaks the Images API, or nearly. */
export type Server = 'openai' | 'azure' | 'localai' | 'stable-diffusion.cpp' | 'vllm-omni'

/** Bought attributes that go along as parameters of their own, as OpenAI has them. */
export const ownParameters = [
  'quality',
  'background',
  'moderation',
  'complexity',
  'rendering',
  'frames',
  'vector',
] as const

/** Bought attributes that go along as parameters of their own. */
export type Parameter = (typeof ownParameters)[number] | 'seed'

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
  openai: {
    hasKeyHeader: false,
    responseFormat: 'not-gpt-image',
    outputFormat: 'gpt-image',
    parameters: ownParameters,
  },
  azure: {
    hasKeyHeader: true,
    responseFormat: 'not-gpt-image',
    outputFormat: 'gpt-image',
    parameters: ownParameters,
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
