/** What the double's APIs share: who called, what stands on the invoice, what is to go wrong. */

import type { IncomingMessage, ServerResponse } from 'node:http'

import type { Bill } from './bill.ts'
import type { Fault } from './faults.ts'
import type { RateLimiter } from './rate-limit.ts'
import type { Refusal } from './rules.ts'

/** A file of a multipart body. */
export interface Upload {
  readonly field: string
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array
}

/** A request as it came in. */
export interface Received {
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly headers: IncomingMessage['headers']
  /** Fields of a JSON or multipart body; those of multipart are texts. */
  readonly body: Readonly<Record<string, unknown>>
  readonly uploads: readonly Upload[]
}

export interface Desk {
  readonly billed: Bill[]
  readonly received: Received[]
  readonly faults: Fault[]
  readonly delayMs: number
  /** Counts the requests for pictures; nothing where as many may come as like. */
  readonly limit: RateLimiter | undefined
  /** Whether it is a compatible server that still has DALL·E. */
  readonly hasDallE: boolean
  /** Whether the key comes in `api-key`, with an `api-version`. */
  readonly isAzure: boolean
  /** Ends the waits when the double is disposed of. */
  readonly closing: AbortController
}

/** One endpoint; it is called with a good key and a body of the right kind. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** Fits the path without its query. */
  readonly path: RegExp
  readonly takes: 'json' | 'multipart' | 'nothing'
  serve(desk: Desk, call: Received, response: ServerResponse): Promise<void>
}

export function envelope(status: number, message: string, code: string | null): Refusal {
  return { status, error: { message, type: 'invalid_request_error', param: null, code } }
}
