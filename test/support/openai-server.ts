import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import { sendRefusal } from './openai/answer.ts'
import type { Bill } from './openai/bill.ts'
import { bodyOf } from './openai/body.ts'
import type { Fault } from './openai/faults.ts'
import { imageRoutes } from './openai/images.ts'
import { rateLimiterOf, type RateLimit } from './openai/rate-limit.ts'
import { envelope, type Desk, type Received, type Route } from './openai/route.ts'
import type { Refusal } from './openai/rules.ts'

export type { Bill } from './openai/bill.ts'
export { blocks, mishaps, refusals, type Fault } from './openai/faults.ts'
export type { Received } from './openai/route.ts'
export type { Refusal } from './openai/rules.ts'

export interface OpenAiOptions {
  /** How long a picture takes, after it was billed. Default 0. */
  readonly delayMs?: number
  /** What it plays: OpenAI, a server that still has DALL·E, or Azure. Default `openai`. */
  readonly plays?: 'openai' | 'dall-e' | 'azure'
  /** How many pictures may be asked for, each of which it tells of. Default as many as like. */
  readonly rateLimit?: RateLimit
}

/** OpenAI's APIs on this machine: as strict, and as quick to bill. */
export interface OpenAiDouble extends AsyncDisposable {
  /** Ends in `/v1`. */
  readonly url: string
  /** Every charge, also for answers that never arrived. */
  readonly billed: readonly Bill[]
  /** How many requests came in, refused ones included. */
  readonly requests: number
  readonly received: readonly Received[]
  /** Lets the next accepted requests, in turn, meet these faults. */
  fail(...faults: readonly Fault[]): void
}

const routes: readonly Route[] = [...imageRoutes]

/** Starts the double on a free port of this machine. */
export async function startOpenAi({
  delayMs = 0,
  plays = 'openai',
  rateLimit,
}: OpenAiOptions = {}): Promise<OpenAiDouble> {
  const closing = new AbortController()
  const known = { hasDallE: plays === 'dall-e', isAzure: plays === 'azure' }
  const limit = rateLimit && rateLimiterOf(rateLimit)
  const desk: Desk = { billed: [], received: [], faults: [], delayMs, limit, closing, ...known }
  const server = createServer((request, response) => {
    attend(desk, request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${portOf(server.address())}/v1`,
    billed: desk.billed,
    received: desk.received,
    get requests() {
      return desk.received.length
    },
    fail: (...faults) => {
      desk.faults.push(...faults)
    },
    [Symbol.asyncDispose]: async () => {
      closing.abort()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function attend(
  desk: Desk,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const read = await bodyOf(request)
  const { method = '', url: path = '', headers } = request
  const call: Received = { method, path, headers, body: {}, uploads: [], ...read }
  desk.received.push(call)
  response.setHeader('x-request-id', `req_${desk.received.length}`)
  const route = routeOf(call)
  const refusal =
    route === undefined
      ? envelope(404, `Invalid URL (${method} ${path})`, null)
      : (judgeKey(desk, call) ?? judgeType(route, call))
  if (refusal !== undefined) return sendRefusal(response, refusal)
  if (read === undefined && route?.takes !== 'nothing') return sendRefusal(response, malformed)
  await route?.serve(desk, call, response)
}

function routeOf({ method, path }: Received): Route | undefined {
  const [bare = ''] = path.split('?')
  return routes.find((route) => route.method === method && route.path.test(bare))
}

function judgeKey({ isAzure }: Desk, { headers, path }: Received): Refusal | undefined {
  const key = isAzure ? `Bearer ${String(headers['api-key'])}` : headers.authorization
  if (/^Bearer sk-test-[\w-]+$/.test(key ?? '') && (!isAzure || path.includes('?api-version='))) {
    return undefined
  }
  return envelope(401, 'Incorrect API key provided.', 'invalid_api_key')
}

function judgeType({ takes }: Route, { headers }: Received): Refusal | undefined {
  const type = headers['content-type'] ?? ''
  const fits =
    takes === 'nothing' ||
    (takes === 'json' ? /^application\/json(?:;|$)/ : /^multipart\/form-data;/).test(type)
  return fits ? undefined : envelope(400, 'Unsupported content type.', 'unsupported_content_type')
}

const malformed = envelope(400, 'We could not parse the body of your request.', null)

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The double has no port')
  return address.port
}
