import { createHash } from 'node:crypto'

import { ImpromptError } from '../../error.ts'
import type { Connection, Environment, Estimate, GenerateInput, Provider } from '../../ports.ts'
import type { Access, Calls } from './access.ts'
import { defaultDriver } from './drivers.ts'
import { estimateOf, offerOf, type Offer } from './offer.ts'
import type { OpenAiOptions } from './options.ts'
import { batchAlone, batchElsewhere } from './batch/batch-alone.ts'
import { lateBatchDesk } from './batch/late-desk.ts'
import { billed, estimate } from './price.ts'
import { estimateDriven } from './responses/driver-price.ts'
import { respondLate } from './responses/respond-late.ts'

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
  if (options.api === 'batch' && !isOwn) throw batchElsewhere(id)
  return {
    id,
    digitalSourceType: 'trainedAlgorithmicMedia',
    models: offer.models,
    defaultModel: offer.defaultModel,
    credentials: ['OPENAI_API_KEY'],
    estimate: (input) => estimateBy(options, offer, input),
    ...(isOwn && { estimateInBatch: (input: GenerateInput) => estimate(input, { tier: 'batch' }) }),
    ...(options.api === 'batch' && { isBatchOnly: true }),
    connect: (environment) => connect(options, environment, offer),
  }
}

function estimateBy(
  options: OpenAiOptions,
  offer: Offer,
  input: GenerateInput,
): Estimate | undefined {
  if (!offer.isOwn) return estimateOf(offer, input, options.partialImages)
  switch (options.api) {
    case 'responses':
      return estimateDriven(input, driverIn(options))
    case 'batch':
      return estimate(input, { tier: 'batch' })
    case 'images':
    case undefined:
      return estimateOf(offer, input, options.partialImages)
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
    ...(options.api === 'batch' && batchAlone),
    ...(offer.isOwn && {
      batch: lateBatchDesk({
        ...access,
        priceOf: (model, usage) => billed(model, usage, 'batch'),
      }),
    }),
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
