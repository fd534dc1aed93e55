import { createHash } from 'node:crypto'

import type { Usd } from '../../config/config.ts'
import { ImpromptError } from '../../error.ts'
import type { Connection, Environment, Model, Provider } from '../../ports.ts'
import type { Access, Calls } from './connection.ts'
import type { Server } from './dialect.ts'
import { defaultDriver } from './drivers.ts'
import { estimateOf, offerOf, type Offer } from './offer.ts'
import { billed } from './price.ts'
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
  /**
   * Which server answers at `baseURL`, and so which parameters it takes.
   * @default 'openai'
   */
  readonly server?: Server
  /**
   * Azure's `api-version`.
   * @default none is sent
   */
  readonly apiVersion?: string
  /**
   * The models of a server at `baseURL`; what is left out of one is OpenAI's of that id, if there is one.
   * @default all of OpenAI's, retired ones too
   */
  readonly models?: readonly (Partial<Model> & { readonly id: string })[]
  /**
   * The model of images that name none.
   * @default OpenAI's default where it is among `models`, else the first of them
   */
  readonly defaultModel?: string
  /**
   * What an image costs at another host: an amount, or `'openai'` for OpenAI's prices.
   * @default no price is known
   */
  readonly price?: Usd
  /**
   * Hosts that a server at `baseURL` may answer addresses of pictures on.
   * @default its own host alone
   */
  readonly pictureHosts?: readonly string[]
  /**
   * How many pictures in the making a development server shows; each is billed as 100 output tokens.
   * @default none
   */
  readonly partialImages?: 1 | 2 | 3
  /**
   * Most requests a minute that the account takes.
   * @default whatever the server says
   */
  readonly imagesPerMinute?: number
}

const ownHost = 'api.openai.com'
const ownAddress = `https://${ownHost}/v1`
const tenMinutesMs = 600_000

/**
 * GPT Image through OpenAI's Images API, or whatever a compatible server makes. Environment: OPENAI_API_KEY, OPENAI_BASE_URL, OPENAI_ORG_ID
 * and OPENAI_PROJECT_ID. With a `baseURL` of another host and no `price`, estimates answer nothing.
 *
 * @throws ImpromptError `CONFIG_INVALID` for an address or a price that is none, and for a `baseURL` of another
 * host without an `id` of its own
 */
export function openai(options: OpenAiOptions = {}): Provider {
  const id = options.id ?? 'openai'
  const isOwn = options.baseURL === undefined || addressOf(options.baseURL).host === ownHost
  if (!isOwn && id === 'openai') {
    const message = `Unexpected \`baseURL\` for \`openai\`, which means ${ownHost}; add an \`id\` of its own`
    throw new ImpromptError('CONFIG_INVALID', message)
  }
  const offer = offerOf(options, isOwn)
  return {
    id,
    digitalSourceType: 'trainedAlgorithmicMedia',
    models: offer.models,
    defaultModel: offer.defaultModel,
    credentials: ['OPENAI_API_KEY'],
    estimate: (input) =>
      isOwn && options.api === 'responses'
        ? estimateDriven(input, driverIn(options))
        : estimateOf(offer, input, options.partialImages),
    connect: (environment) => connect(options, environment, offer),
  }
}

function connect(options: OpenAiOptions, environment: Environment, offer: Offer): Connection {
  const apiKey = options.apiKey ?? environment['OPENAI_API_KEY']
  if (apiKey === undefined || apiKey === '') return { kind: 'locked', missing: 'OPENAI_API_KEY' }
  const address = options.baseURL ?? (environment['OPENAI_BASE_URL'] || ownAddress)
  const { apiVersion, partialImages, imagesPerMinute } = options
  const access: Access = {
    apiKey,
    baseURL: addressOf(address).href,
    organization: environment['OPENAI_ORG_ID'] || undefined,
    project: environment['OPENAI_PROJECT_ID'] || undefined,
    timeoutMs: options.timeoutMs ?? tenMinutesMs,
    server: options.server ?? 'openai',
    isOwn: offer.isOwn,
    models: offer.models,
    pictureHosts: options.pictureHosts ?? [],
    priceOf: (model, usage) => (offer.price === 'openai' ? billed(model, usage) : undefined),
    ...(apiVersion === undefined ? {} : { apiVersion }),
    ...(partialImages === undefined ? {} : { partialImages }),
  }
  const calls =
    options.api === 'responses' ? respondLate(access, driverIn(options)) : loadLate(access)
  return {
    kind: 'ready',
    account: accountOf(access),
    ...(imagesPerMinute === undefined ? {} : { imagesPerMinute }),
    ...calls,
  }
}

function driverIn({ driver = defaultDriver }: OpenAiOptions): string {
  return driver
}

/** A key that is fetched is known by its address alone. */
function accountOf({ apiKey, baseURL, organization, project }: Access): string {
  const key = typeof apiKey === 'string' ? apiKey : null
  const whole = JSON.stringify([baseURL, key, organization ?? null, project ?? null])
  return createHash('sha256').update(whole).digest('hex')
}

/** The SDK takes a tenth of a second to load, which whoever only plans does without. */
function loadLate(access: Access): Calls {
  let loaded: Promise<Calls> | undefined
  const load = async (): Promise<Calls> => {
    const { callsOf } = await import('./connection.ts')
    return callsOf(access)
  }
  const calls = (): Promise<Calls> => (loaded ??= load())
  return {
    generate: async (...given) => (await calls()).generate(...given),
    edit: async (...given) => (await calls()).edit(...given),
    retirements: async (...given) => (await calls()).retirements(...given),
  }
}

function addressOf(text: string): URL {
  const address = URL.parse(text)
  if (address !== null && /^https?:$/.test(address.protocol)) return address
  const message = `Unexpected address \`${text}\` of a provider, expected one such as \`${ownAddress}\``
  throw new ImpromptError('CONFIG_INVALID', message)
}
