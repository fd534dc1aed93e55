import { createHash } from 'node:crypto'

import { ImpromptError } from '../../error.ts'
import type { Connection, Environment, Estimate, GenerateInput, Provider } from '../../ports.ts'
import { checkOptions } from '../read-options.ts'
import { defaultTimeoutMs, timeoutFault } from '../timeout.ts'
import type { Access, Calls } from './access.ts'
import { type Destination, destinationOf } from './address.ts'
import { defaultDriver } from './drivers.ts'
import { late } from './late.ts'
import { estimateOf, offerOf, type Offer } from './offer.ts'
import type { OpenAiOptions } from './options.ts'
import { optionsSchema } from './options-schema.ts'
import { batchAlone, batchElsewhere } from './batch/batch-alone.ts'
import { lateBatchDesk } from './batch/late-desk.ts'
import { billed } from './bill.ts'
import { estimate, estimateRetired } from './price.ts'
import { estimateDriven } from './responses/driver-price.ts'
import { respondLate } from './responses/respond-late.ts'

/**
 * GPT Image through OpenAI's Images API, or whatever a compatible server makes. Environment: OPENAI_API_KEY,
 * OPENAI_BASE_URL, OPENAI_ORG_ID and OPENAI_PROJECT_ID. With a `baseURL` of another host and no `price`, estimates
 * answer nothing; an OPENAI_BASE_URL of another host is refused on connecting, unless it is on this machine.
 *
 * @throws ImpromptError `CONFIG_INVALID` for an option that is none, and for a `baseURL` of another host without an `id`
 * of its own, without an `apiKey` or with `api: 'batch'`
 */
export function openai(options: OpenAiOptions = {}): Provider {
  checkOptions('openai()', optionsSchema, options)
  const id = options.id ?? 'openai'
  const destination = destinationOf(options)
  const { isOwn } = destination
  if (!destination.isTrusted && options.apiKey === undefined) throw keyless(id)
  const fault = timeoutFault(options.timeoutMs ?? defaultTimeoutMs)
  if (fault !== undefined) throw new ImpromptError('CONFIG_INVALID', `\`openai()\`: ${fault}`)
  const offer = offerOf(options, isOwn)
  if (options.api === 'batch' && !isOwn) throw batchElsewhere(id)
  return {
    id,
    digitalSourceType: 'trainedAlgorithmicMedia',
    models: offer.models,
    defaultModel: offer.defaultModel,
    ...(destination.isTrusted && { credentials: ['OPENAI_API_KEY'] }),
    estimate: (input) => estimateBy(options, offer, input),
    ...(isOwn && {
      estimateInBatch: (input: GenerateInput) => estimate(input, { tier: 'batch' }),
      estimateRetired,
    }),
    ...(options.api === 'batch' && { isBatchOnly: true }),
    connect: (environment) => connect(options, environment, { offer, destination }),
  }
}

function keyless(id: string): ImpromptError {
  return new ImpromptError(
    'CONFIG_INVALID',
    `\`openai({ id: '${id}' })\`: expected an \`apiKey\`, as OPENAI_API_KEY of the environment goes to OpenAI and to this machine alone; write \`apiKey: 'none'\` for a server that asks for none. Nothing was sent`,
  )
}

function estimateBy(
  options: OpenAiOptions,
  offer: Offer,
  input: GenerateInput,
): Estimate | undefined {
  // A configured price is that of the whole picture, whoever drives.
  if (offer.price !== 'openai') return estimateOf(offer, input)
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

interface Shop {
  readonly offer: Offer
  readonly destination: Destination
}

function connect(
  options: OpenAiOptions,
  environment: Environment,
  { offer, destination }: Shop,
): Connection {
  // What the environment holds for OpenAI goes along to nobody else.
  const ambient = destination.isTrusted ? environment : {}
  const apiKey = options.apiKey ?? ambient['OPENAI_API_KEY']
  if (apiKey === undefined || apiKey === '') return { kind: 'locked', missing: 'OPENAI_API_KEY' }
  const { apiVersion, partialImages, imagesPerMinute } = options
  const access: Access = {
    apiKey,
    baseURL: destination.addressIn(environment),
    organization: ambient['OPENAI_ORG_ID'] || undefined,
    project: ambient['OPENAI_PROJECT_ID'] || undefined,
    timeoutMs: options.timeoutMs ?? defaultTimeoutMs,
    server: options.server ?? 'openai',
    isOwn: offer.isOwn,
    models: offer.models,
    pictureHosts: options.pictureHosts ?? [],
    priceOf: (model, usage, cached) =>
      offer.price === 'openai' ? billed(model, usage, { cached }) : undefined,
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
        priceOf: (model, usage, cached) => billed(model, usage, { tier: 'batch', cached }),
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
  const calls = late(async () => (await import('./connection.ts')).callsOf(access))
  return {
    generate: async (...given) => (await calls()).generate(...given),
    edit: async (...given) => (await calls()).edit(...given),
    retirements: async (...given) => (await calls()).retirements(...given),
  }
}
