import { APIError } from 'openai'
import { z } from 'zod'

import { parseJson } from '../../json.ts'
import type { Answer } from '../../ports.ts'
import { answerOfFate, type Fate, lost, unreached } from '../fate.ts'
import { redact } from '../redact.ts'
import { rootMessage } from '../../root-message.ts'
import { retryAfterMs } from '../retry-after.ts'
import { Unreachable, Unsendable } from './transport.ts'

interface Rule {
  readonly status: number
  /** The error's `code` or `type`. */
  readonly word?: string
  readonly param?: string
  readonly message?: RegExp
  /** Where moderation blocked it. */
  readonly stage?: string
  readonly fate: Fate
}

/** The first rule that fits decides; an error that fits none leaves the request's fate unknown. */
const rules: readonly Rule[] = [
  { status: 400, word: 'billing_hard_limit_reached', fate: 'run' },
  { status: 400, word: 'model_not_found', fate: 'run' },
  { status: 400, param: 'model', fate: 'run' },
  { status: 400, word: 'moderation_blocked', stage: 'input', fate: 'prompt' },
  { status: 400, word: 'moderation_blocked', fate: 'blocked' },
  { status: 400, word: 'content_policy_violation', fate: 'prompt' },
  { status: 400, fate: 'image' },
  { status: 401, fate: 'run' },
  { status: 403, fate: 'run' },
  // A wrong address or model is wrong for every request.
  { status: 404, fate: 'run' },
  { status: 413, fate: 'image' },
  { status: 422, fate: 'image' },
  { status: 429, word: 'insufficient_quota', fate: 'run' },
  { status: 429, word: 'credit_balance_exhausted', fate: 'run' },
  { status: 429, word: 'organization_spend_limit_exceeded', fate: 'run' },
  { status: 429, word: 'project_spend_limit_exceeded', fate: 'run' },
  { status: 429, word: 'organization_usage_limit_exceeded', fate: 'run' },
  { status: 429, word: 'billing_hard_limit_reached', fate: 'run' },
  // A limit of nothing a minute is how an account without access is told.
  { status: 429, message: /\bLimit: 0\b(?!\.)/, fate: 'run' },
  { status: 429, fate: 'busy' },
  { status: 503, word: 'server_is_overloaded', fate: 'busy' },
  // A redirect is not followed, since that would be a second request.
  { status: 301, fate: 'run' },
  { status: 302, fate: 'run' },
  { status: 307, fate: 'run' },
  { status: 308, fate: 'run' },
]

const text = z.string().optional().catch(undefined)
const moderation = z.object({ moderation_stage: text }).optional().catch(undefined)
const shape = z
  .object({ message: text, code: text, type: text, param: text, moderation_details: moderation })
  .catch({})
/** How FastAPI tells of errors. */
const details = z.object({ detail: z.unknown().optional() }).catch({ detail: undefined })
type Body = z.infer<typeof shape>

/**
 * What became of a request whose call threw; `failure` is the body of an answer that was no success. The
 * key never shows in the answer.
 */
export function answerFault(fault: unknown, key: string, failure?: string): Answer {
  if (has(Unreachable, fault)) return unreached(redact(rootMessage(fault), key))
  if (has(Unsendable, fault))
    return answerUnsent(
      'invalid_request',
      `a request to this address may not go out (${redact(rootMessage(fault), key)}); change \`baseURL\` or \`OPENAI_BASE_URL\``,
    )
  if (fault instanceof APIError && fault.status !== undefined)
    return answerStatus(fault, fault.status, key, failure)
  // What was thrown is no cause to hand on: parsers quote the reply in it, which may echo the key.
  return lost(redact(rootMessage(fault), key))
}

/** Refuses a request that could not even be sent. */
export function answerUnsent(
  code:
    | 'invalid_value'
    | 'invalid_api_key'
    | 'invalid_request'
    | 'model_retired'
    | 'endpoint_retired',
  reason: string,
): Answer {
  const scope = code === 'invalid_api_key' || code === 'invalid_request' ? 'run' : 'image'
  return { kind: 'refused', scope, code, message: `Nothing was sent: ${reason}` }
}

function answerStatus(
  fault: APIError,
  status: number,
  key: string,
  failure: string | undefined,
): Answer {
  const body = bodyOf(fault, failure)
  const { headers, requestID } = fault
  return answerOfFate(fateOf(status, body), {
    status,
    code: redact(body.code ?? body.type ?? `http_${status}`, key),
    message: redact(body.message ?? fault.message, key),
    afterMs: headers && retryAfterMs(headers),
    requestId: requestID ? redact(requestID, key) : undefined,
  })
}

function bodyOf(fault: APIError, failure: string | undefined): Body {
  const body = shape.parse(fault.error)
  if (body.message !== undefined || failure === undefined) return body
  const { detail } = details.parse(parseJson(failure))
  if (detail === undefined) return body
  return { ...body, message: typeof detail === 'string' ? detail : JSON.stringify(detail) }
}

function fateOf(status: number, body: Body): Fate | undefined {
  const { code, type, param, message, moderation_details: blocked } = body
  const rule = rules.find(
    (candidate) =>
      candidate.status === status &&
      (candidate.word === undefined || candidate.word === code || candidate.word === type) &&
      (candidate.param === undefined || candidate.param === param) &&
      (candidate.message === undefined || candidate.message.test(message ?? '')) &&
      (candidate.stage === undefined || candidate.stage === blocked?.moderation_stage),
  )
  return rule?.fate
}

function has(proof: typeof Unreachable | typeof Unsendable, fault: unknown): boolean {
  if (fault instanceof proof) return true
  return fault instanceof Error && has(proof, fault.cause)
}
