import { z } from 'zod'

import type { Pace } from '../../ports.ts'
import { paceOf } from '../pace.ts'

const pairs = z.record(z.string(), z.unknown()).catch({})

/** Headers as a package of the AI SDK hands them on, without those that no header can be. */
export function headersFrom(given: unknown): Headers {
  const sound = Object.entries(pairs.parse(given)).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' && /^[\w-]+$/.test(name) && /^[ -~]*$/.test(value)
      ? [[name, value]]
      : [],
  )
  return new Headers(sound)
}

/** What a vendor's headers tell of its account and of the request. */
export interface ToldByHeaders {
  readonly pace?: Pace
  readonly requestId?: string
}

/** Reads `x-ratelimit-*-requests` and `x-request-id`; nothing of what is missing or junk. */
export function toldBy(headers: Headers): ToldByHeaders {
  const pace = paceOf(headers)
  const requestId = headers.get('x-request-id') ?? ''
  return { ...(pace !== undefined && { pace }), ...(requestId !== '' && { requestId }) }
}
