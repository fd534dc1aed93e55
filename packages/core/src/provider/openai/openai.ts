import { ImpromptError } from '../../error.ts'
import type { Connection, Environment, Provider } from '../../ports.ts'
import type { Access, Generate } from './connection.ts'
import { defaultDriver } from './drivers.ts'
import { defaultModel, models } from './models.ts'
import { billed, estimate } from './price.ts'
import { estimateDriven } from './responses/driver-price.ts'
import { respondLate } from './responses/respond-late.ts'

/** Where and as whom `openai()` buys. */
export interface OpenAiOptions {
  /**
   * Unique in a configuration.
   * @default 'openai'
   */
  readonly id?: string
  /**
   * Address up to and including `/v1`; needs an `id` of its own unless it is OpenAI's.
   * @default OPENAI_BASE_URL of the environment, else OpenAI's own host
   */
  readonly baseURL?: string
  /**
   * The key, or where to fetch it before each request.
   * @default OPENAI_API_KEY of the environment
   */
  readonly apiKey?: string | (() => Promise<string>)
  /**
   * How long one request may take.
   * @default 600_000
   */
  readonly timeoutMs?: number
  /**
   * `responses` has a text model call for the picture, whose tokens are paid for as well.
   * @default 'images'
   */
  readonly api?: 'images' | 'responses'
  /**
   * The text model of `responses`.
   * @default 'gpt-6.1-terra'
   */
  readonly driver?: string
}

const ownHost = 'api.openai.com'
const ownAddress = `https://${ownHost}/v1`
const tenMinutesMs = 600_000

/**
 * GPT Image through OpenAI's Images API. Environment: OPENAI_API_KEY, OPENAI_BASE_URL, OPENAI_ORG_ID
 * and OPENAI_PROJECT_ID. With a `baseURL` of another host no price is known and estimates answer
 * nothing.
 *
 * @throws ImpromptError `CONFIG_INVALID` for an address that is none, and for a `baseURL` of another
 * host without an `id` of its own
 */
export function openai(options: OpenAiOptions = {}): Provider {
  const id = options.id ?? 'openai'
  const isOwn = options.baseURL === undefined || addressOf(options.baseURL).host === ownHost
  if (!isOwn && id === 'openai') {
    const message = `Unexpected \`baseURL\` for \`openai\`, which means ${ownHost}; add an \`id\` of its own`
    throw new ImpromptError('CONFIG_INVALID', message)
  }
  return {
    id,
    digitalSourceType: 'trainedAlgorithmicMedia',
    models,
    defaultModel,
    credentials: ['OPENAI_API_KEY'],
    estimate: (input) => {
      if (!isOwn) return undefined
      return options.api === 'responses'
        ? estimateDriven(input, driverIn(options))
        : estimate(input)
    },
    connect: (environment) => connect(options, environment, isOwn),
  }
}

function connect(options: OpenAiOptions, environment: Environment, isOwn: boolean): Connection {
  const apiKey = options.apiKey ?? environment['OPENAI_API_KEY']
  if (apiKey === undefined || apiKey === '') return { kind: 'locked', missing: 'OPENAI_API_KEY' }
  const address = options.baseURL ?? (environment['OPENAI_BASE_URL'] || ownAddress)
  const access: Access = {
    apiKey,
    baseURL: addressOf(address).href,
    organization: environment['OPENAI_ORG_ID'] || undefined,
    project: environment['OPENAI_PROJECT_ID'] || undefined,
    timeoutMs: options.timeoutMs ?? tenMinutesMs,
    priceOf: (model, usage) => (isOwn ? billed(model, usage) : undefined),
  }
  if (options.api === 'responses')
    return { kind: 'ready', ...respondLate(access, driverIn(options)) }
  return { kind: 'ready', generate: loadLate(access) }
}

function driverIn({ driver = defaultDriver }: OpenAiOptions): string {
  return driver
}

/** The SDK takes a tenth of a second to load, which whoever only plans does without. */
function loadLate(access: Access): Generate {
  let loaded: Promise<Generate> | undefined
  const load = async (): Promise<Generate> => {
    const { generateWith } = await import('./connection.ts')
    return generateWith(access)
  }
  return async (input, signal) => {
    const generate = await (loaded ??= load())
    return generate(input, signal)
  }
}

function addressOf(text: string): URL {
  const address = URL.parse(text)
  if (address !== null && /^https?:$/.test(address.protocol)) return address
  const message = `Unexpected address \`${text}\` of a provider, expected one such as \`${ownAddress}\``
  throw new ImpromptError('CONFIG_INVALID', message)
}
