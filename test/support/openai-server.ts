import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'

import { sendPicture, sendRefusal } from './openai/answer.ts'
import { microUsdOf, type Bill } from './openai/bill.ts'
import type { Fault } from './openai/faults.ts'
import { judge, type Accepted, type Refusal } from './openai/rules.ts'

export type { Bill } from './openai/bill.ts'
export { mishaps, refusals, type Fault } from './openai/faults.ts'
export type { Refusal } from './openai/rules.ts'

export interface OpenAiOptions {
  /** How long a picture takes, after it was billed. Default 0. */
  readonly delayMs?: number
}

/** A request as it came in. */
export interface Received {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: Readonly<Record<string, unknown>>
}

/** OpenAI's Images API on this machine: as strict, and as quick to bill. */
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

interface Desk {
  readonly billed: Bill[]
  readonly received: Received[]
  readonly faults: Fault[]
  readonly delayMs: number
  /** Ends the waits when the double is disposed of. */
  readonly closing: AbortController
}

/** Starts the double on a free port of this machine. */
export async function startOpenAi({ delayMs = 0 }: OpenAiOptions = {}): Promise<OpenAiDouble> {
  const closing = new AbortController()
  const desk: Desk = { billed: [], received: [], faults: [], delayMs, closing }
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
  const body = await bodyOf(request)
  const { method = '', url: path = '', headers } = request
  desk.received.push({ method, path, headers, body: body ?? {} })
  response.setHeader('x-request-id', `req_${desk.received.length}`)
  const judged = judgeEnvelope(request) ?? (body === undefined ? malformed : judge(body))
  if ('error' in judged) return sendRefusal(response, judged)
  const fault = desk.faults.shift()
  if (typeof fault === 'object') return sendRefusal(response, fault)
  desk.billed.push(billFor(judged))
  if (desk.delayMs > 0) await setTimeout(desk.delayMs, undefined, { signal: desk.closing.signal })
  await sendPicture(response, judged, fault)
}

function billFor(order: Accepted): Bill {
  const { model, quality, prompt, width, height } = order
  return { model, size: `${width}x${height}`, quality, prompt, microUsd: microUsdOf(order) }
}

function judgeEnvelope({ method, url, headers }: IncomingMessage): Refusal | undefined {
  if (method !== 'POST' || url !== '/v1/images/generations') {
    return envelope(404, `Invalid URL (${method} ${url})`, null)
  }
  if (!/^Bearer sk-test-[\w-]+$/.test(headers.authorization ?? '')) {
    return envelope(401, 'Incorrect API key provided.', 'invalid_api_key')
  }
  if (!/^application\/json(?:;|$)/.test(headers['content-type'] ?? '')) {
    return envelope(400, 'Unsupported content type.', 'unsupported_content_type')
  }
  return undefined
}

const malformed = envelope(400, 'We could not parse the JSON body of your request.', null)

function envelope(status: number, message: string, code: string | null): Refusal {
  return { status, error: { message, type: 'invalid_request_error', param: null, code } }
}

async function bodyOf(request: IncomingMessage): Promise<Received['body'] | undefined> {
  try {
    const body: unknown = JSON.parse(await text(request))
    return isRecord(body) ? body : undefined
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The double has no port')
  return address.port
}
