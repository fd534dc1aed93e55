import type { ClientOptions } from 'openai'
import { Agent, buildConnector, fetch } from 'undici'

/** No connection came about, so nothing of a request was sent. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
}

type Fetch = NonNullable<ClientOptions['fetch']>

/** What leaves the machine: no account of it, and nothing of OPENAI_CUSTOM_HEADERS, which the SDK reads. */
const headerNames: ReadonlySet<string> = new Set([
  'accept',
  'authorization',
  'content-type',
  'openai-organization',
  'openai-project',
  'user-agent',
])

/**
 * A `fetch` that sends a request at most once: it waits `timeoutMs` for headers and as long for each
 * piece of the body, follows no redirect, and throws with an `Unreachable` among its causes where no
 * connection came about.
 */
export function transport(timeoutMs: number): Fetch {
  const dispatcher = new Agent({
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    // A kept connection that its server closes meanwhile would leave a request of unknown fate.
    pipelining: 0,
    connect: connector(),
  })
  return async (input, init) => {
    // The types of Node's fetch and of undici's differ; plain bytes and pairs suit both.
    const request = new Request(input, init)
    return fetch(request.url, {
      method: request.method,
      headers: allowed(request.headers),
      body: await request.arrayBuffer(),
      signal: init?.signal ?? null,
      dispatcher,
      redirect: 'manual',
    })
  }
}

function allowed(headers: Headers): [string, string][] {
  return [...headers].filter(([name]) => headerNames.has(name))
}

function connector(): buildConnector.connector {
  const connect = buildConnector({})
  return (options, callback) =>
    connect(options, (...outcome) => {
      const [failure] = outcome
      if (failure === null) return callback(...outcome)
      callback(new Unreachable(failure.message, { cause: failure }), null)
    })
}
