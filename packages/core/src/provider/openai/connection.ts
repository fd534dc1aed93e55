import OpenAI, { type ClientOptions } from 'openai'

import type { Answer, GenerateInput } from '../../ports.ts'
import { answerFault, answerUnsent } from './fault.ts'
import { readReply } from './reply.ts'
import { requestBody } from './request.ts'
import { transport } from './transport.ts'
import type { Usage } from './usage.ts'

/** Where and as whom to buy. */
export interface Access {
  readonly apiKey: string | (() => Promise<string>)
  readonly baseURL: string
  readonly organization: string | undefined
  readonly project: string | undefined
  readonly timeoutMs: number
  /** What a reported usage cost in micro-dollars, where that is known. */
  readonly priceOf: (model: string, usage: Usage) => number | undefined
}

/** Sends one request at most once. */
export type Generate = (input: GenerateInput, signal: AbortSignal) => Promise<Answer>
type Fetch = NonNullable<ClientOptions['fetch']>

/** Makes `generate` of a connection: one call sends one request at most once. */
export function generateWith(access: Access): Generate {
  const fetch = transport(access.timeoutMs)
  return async (input, signal) => {
    const body = requestBody(input)
    if (body === undefined) return answerUnsent('invalid_value', 'OpenAI knows no such value')
    const key = await keyOf(access)
    if (key === undefined) return answerUnsent('invalid_api_key', 'the API key cannot be read')
    let isSent = false
    const send: Fetch = (url, init) => {
      isSent = true
      return fetch(url, init)
    }
    try {
      const request = clientFor(access, key, send).images.generate(body, { signal })
      const { data, request_id: requestId } = await request.withResponse()
      return readReply(data, requestId, (usage) => access.priceOf(input.model, usage))
    } catch (fault) {
      if (isSent) return answerFault(fault, key)
      if (signal.aborted) return { kind: 'busy', message: 'Cancelled before anything was sent' }
      return answerUnsent('invalid_request', 'key, address, organisation or project is malformed')
    }
  }
}

/** Fetches the key; nothing where it cannot be read. */
export async function keyOf({ apiKey }: Access): Promise<string | undefined> {
  if (typeof apiKey === 'string') return apiKey
  try {
    const key = await apiKey()
    return key === '' ? undefined : key
  } catch {
    // Its error may hold what it was reading.
    return undefined
  }
}

/** A client of one request, which repeats nothing and reads nothing of the environment. */
export function clientFor(access: Access, key: string, fetch: Fetch): OpenAI {
  return new OpenAI({
    apiKey: key,
    baseURL: access.baseURL,
    // `null`, since the SDK fills whatever is left undefined from the environment of the process.
    adminAPIKey: null,
    webhookSecret: null,
    organization: access.organization ?? null,
    project: access.project ?? null,
    // Once more as headers: these alone outrank OPENAI_CUSTOM_HEADERS of the process.
    defaultHeaders: {
      Authorization: `Bearer ${key}`,
      'OpenAI-Organization': access.organization ?? null,
      'OpenAI-Project': access.project ?? null,
    },
    // The SDK repeats requests that may have been billed.
    maxRetries: 0,
    timeout: access.timeoutMs,
    logLevel: 'off',
    fetch,
  })
}
