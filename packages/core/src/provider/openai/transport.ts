import type { ClientOptions } from 'openai'
import { Agent, buildConnector, type Dispatcher, fetch } from 'undici'

import { rootMessage } from '../../root-message.ts'
import { capBody } from './cap-body.ts'

/** No connection came about, so nothing of a request was sent. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
}

/** A request that `fetch` does not let go out, such as one to a port that the web keeps free for mail. */
export class Unsendable extends Error {
  override readonly name = 'Unsendable'
}

type Fetch = NonNullable<ClientOptions['fetch']>

/** What leaves the machine: no account of it, and nothing of OPENAI_CUSTOM_HEADERS, which the SDK reads. */
const headerNames: ReadonlySet<string> = new Set([
  'accept',
  'api-key',
  'authorization',
  'content-type',
  'openai-organization',
  'openai-project',
  'user-agent',
])

/**
 * Room for the largest picture that a model makes: 3840x2160 pixels of 4 bytes that no compression makes smaller are a
 * PNG of 33.3 MB and 44.4 MB of base64. The rest is for the words around it.
 */
const maxReplyBytes = 48_000_000

/** A stream shows up to three pictures in the making before the picture itself. */
const maxPicturesOfStream = 4

/**
 * A `fetch` that sends a request at most once and follows no redirect. `timeoutMs` is for all of it, up to the last
 * byte of the body: what arrives late but in that time is a reply like any other, since it was paid for. The body may
 * have `maxBytes` after decompression, a stream of events four times as many. It throws, or its body does, where the
 * reply is cut, too long or too late; with an `Unreachable` among the causes where no connection came about, and an
 * `Unsendable` where none was so much as tried.
 */
export function transport(timeoutMs: number, maxBytes: number = maxReplyBytes): Fetch {
  const dispatcher = new Agent({
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    // A kept connection that its server closes meanwhile would leave a request of unknown fate.
    pipelining: 0,
    connect: connector(),
  })
  return async (input, init) => {
    // The timers above start anew at each byte, and the SDK's ends with the headers.
    const deadline = AbortSignal.timeout(timeoutMs)
    const signal = init?.signal ? AbortSignal.any([init.signal, deadline]) : deadline
    const response = await sent(dispatcher, signal, requestOf(input, init))
    const { status, statusText, body } = response
    const headers = [...response.headers]
    if (body === null) return new Response(null, { status, statusText, headers })
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false
    const capped = capBody(body, isStream ? maxBytes * maxPicturesOfStream : maxBytes)
    return new Response(capped, { status, statusText, headers })
  }
}

function requestOf(...request: Parameters<Fetch>): Request {
  try {
    return new Request(...request)
  } catch {
    // What it throws quotes the address whole, with its password.
    throw new Unsendable('it holds a password, or is malformed')
  }
}

async function sent(agent: Agent, signal: AbortSignal, request: Request): Promise<Response> {
  let isTried = false
  const dispatcher = agent.compose((dispatch): Dispatcher.Dispatch => (...call) => {
    isTried = true
    return dispatch(...call)
  })
  try {
    // The types of Node's fetch and of undici's differ; plain bytes and pairs suit both.
    return await fetch(request.url, {
      method: request.method,
      headers: allowed(request.headers),
      body: request.body === null ? null : await request.arrayBuffer(),
      signal,
      dispatcher,
      redirect: 'manual',
    })
  } catch (cause) {
    // Whatever goes out goes by the dispatcher.
    if (isTried || signal.aborted) throw cause
    throw new Unsendable(rootMessage(cause), { cause })
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
