import OpenAI, { type ClientOptions } from 'openai'

import { dialectOf, type Server } from './dialect.ts'

/** Where and as whom to call. */
export interface Identity {
  readonly apiKey: string | (() => Promise<string>)
  readonly baseURL: string
  readonly organization: string | undefined
  readonly project: string | undefined
  readonly timeoutMs: number
  readonly server: Server
  /** Azure's `api-version`. */
  readonly apiVersion?: string
}

/** The key, fetched where it has to be; nothing where it is empty or cannot be fetched. */
export async function apiKeyOf({ apiKey }: Identity): Promise<string | undefined> {
  if (typeof apiKey === 'string') return apiKey
  try {
    const key = await apiKey()
    return key === '' ? undefined : key
  } catch {
    // Its error may hold what it was reading.
    return undefined
  }
}

/** The SDK without its own repeats, logs and readings of the process environment. */
export function clientFor(
  identity: Identity,
  key: string,
  fetch: NonNullable<ClientOptions['fetch']>,
): OpenAI {
  const { hasKeyHeader } = dialectOf(identity.server)
  return new OpenAI({
    apiKey: key,
    baseURL: identity.baseURL,
    // `null`, since the SDK fills whatever is left undefined from the environment of the process.
    adminAPIKey: null,
    webhookSecret: null,
    organization: identity.organization ?? null,
    project: identity.project ?? null,
    // Once more as headers: these alone outrank OPENAI_CUSTOM_HEADERS of the process.
    defaultHeaders: {
      Authorization: hasKeyHeader ? null : `Bearer ${key}`,
      ...(hasKeyHeader ? { 'api-key': key } : {}),
      'OpenAI-Organization': identity.organization ?? null,
      'OpenAI-Project': identity.project ?? null,
    },
    ...(identity.apiVersion === undefined
      ? {}
      : { defaultQuery: { 'api-version': identity.apiVersion } }),
    // The SDK repeats requests that may have been billed.
    maxRetries: 0,
    timeout: identity.timeoutMs,
    logLevel: 'off',
    fetch,
  })
}
