import { z } from 'zod'

import { reasonOf } from '../../error.ts'
import { parseJson } from '../../json.ts'
import type { Answer } from '../../ports.ts'
import { retryAfterMs } from '../retry-after.ts'
import { answerOfFate, type Fate, lost, unreached } from '../fate.ts'
import { redact } from '../redact.ts'
import { headersFrom, toldBy } from './headers.ts'

interface Rule {
  readonly status: number
  /** Somewhere in the body or the message. */
  readonly words?: RegExp
  readonly fate: Fate
}

const moderation =
  /moderation_blocked|content[ _-]policy|safety (?:system|filter)|prohibited[ _]content|\bnsfw\b/i
const account =
  /billing_hard_limit|insufficient_quota|credit_balance|spend_limit|usage_limit|model_not_found|api[ _]key[ _](?:not[ _]valid|invalid)|\bLimit: 0\b(?!\.)/i

/**
 * The first rule that fits decides; an error that fits none leaves the request's fate unknown. A time-out (408) or a
 * conflict (409) proves nothing.
 */
const rules: readonly Rule[] = [
  { status: 400, words: account, fate: 'run' },
  { status: 400, words: /"moderation_stage"\s*:\s*"(?:output|unknown)"/, fate: 'blocked' },
  { status: 400, words: moderation, fate: 'prompt' },
  { status: 400, fate: 'image' },
  { status: 401, fate: 'run' },
  { status: 402, fate: 'run' },
  { status: 403, words: moderation, fate: 'prompt' },
  { status: 403, fate: 'run' },
  { status: 404, fate: 'run' },
  { status: 405, fate: 'run' },
  { status: 410, fate: 'run' },
  { status: 413, fate: 'image' },
  { status: 415, fate: 'image' },
  { status: 422, words: moderation, fate: 'prompt' },
  { status: 422, fate: 'image' },
  { status: 429, words: account, fate: 'run' },
  { status: 429, fate: 'busy' },
  { status: 503, words: /overloaded/i, fate: 'busy' },
]

const text = z.string().optional().catch(undefined)

/**
 * An `APICallError` by its shape, since a project may hold several versions of its class. A call without a body is no
 * order: vendors fetch a finished picture, or its state, with such ones.
 */
const callError = z.object({
  message: z.string(),
  requestBodyValues: z
    .looseObject({})
    .refine((body) => Object.keys(body).length > 0, 'not an order'),
  statusCode: z.number().optional(),
  responseBody: text,
  responseHeaders: z.unknown().optional(),
  cause: z.unknown().optional(),
})
type CallError = z.infer<typeof callError>

/** Errors that are thrown before anything is sent, by their names. */
const unsent: ReadonlyMap<string, 'image' | 'run'> = new Map([
  ['AI_LoadAPIKeyError', 'run'],
  ['AI_LoadSettingError', 'run'],
  ['AI_NoSuchModelError', 'run'],
  ['AI_InvalidArgumentError', 'image'],
  ['AI_UnsupportedFunctionalityError', 'image'],
])

const neverConnected: ReadonlySet<unknown> = new Set([
  'ConnectionRefused',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** A connection that was open is lost with some of these codes too, while it is read or written. */
const beforeSending: ReadonlySet<unknown> = new Set(['connect', 'getaddrinfo', undefined])

/** What became of a call that threw. None of the secrets shows in the answer. */
export function answerFault(fault: unknown, secrets: readonly string[]): Answer {
  const scope = fault instanceof Error ? unsent.get(fault.name) : undefined
  if (fault instanceof Error && scope !== undefined) {
    const message = `Nothing was sent: ${redact(fault.message, ...secrets)}`
    return { kind: 'refused', scope, code: fault.name, message }
  }
  const { data: call } = callError.safeParse(fault)
  if (call?.statusCode !== undefined) return answerStatus(call, call.statusCode, secrets)
  if (call !== undefined && isUnreachable(call.cause))
    return unreached(redact(call.message, ...secrets))
  return lost(redact(reasonOf(fault), ...secrets))
}

function answerStatus(call: CallError, status: number, secrets: readonly string[]): Answer {
  const { message, responseBody = '', responseHeaders } = call
  const headers = headersFrom(responseHeaders)
  const { pace, requestId } = toldBy(headers)
  const answer = answerOfFate(fateOf(status, `${responseBody} ${message}`), {
    status,
    code: redact(codeIn(responseBody) ?? `http_${status}`, ...secrets),
    message: redact(message, ...secrets),
    afterMs: retryAfterMs(headers),
    requestId,
  })
  return pace === undefined ? answer : { ...answer, pace }
}

function fateOf(status: number, words: string): Fate | undefined {
  return rules.find((rule) => rule.status === status && (rule.words?.test(words) ?? true))?.fate
}

const errorBody = z.object({ error: z.object({ code: text, status: text, type: text }) })

/** Vendors name an error by a `code`, a `status` or a `type`, mostly in an object `error`. */
function codeIn(body: string): string | undefined {
  const { data } = errorBody.safeParse(parseJson(body))
  return data?.error.code ?? data?.error.status ?? data?.error.type
}

function isUnreachable(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false
  const syscall = 'syscall' in cause ? cause.syscall : undefined
  const isProof = 'code' in cause && neverConnected.has(cause.code) && beforeSending.has(syscall)
  return isProof || isUnreachable(cause.cause)
}
