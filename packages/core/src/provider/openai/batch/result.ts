import { APIError } from 'openai'
import { z } from 'zod'
import { parseJson } from '../../../json.ts'
import type { Answer, RequestHash } from '../../../ports.ts'
import { answerFault } from '../fault.ts'
import { redact } from '../../redact.ts'
import { withoutSecrets } from '../../without-secrets.ts'
import { readReply } from '../reply.ts'
import type { Usage } from '../usage.ts'

const id = z.custom<RequestHash>(
  (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value),
  'not a request hash',
)

const requestShape = z.object({ custom_id: id, body: z.object({ model: z.string() }) })

const resultShape = z.object({
  custom_id: id,
  response: z
    .object({
      status_code: z.number(),
      request_id: z.string().nullish(),
      body: z.unknown(),
    })
    .nullish(),
  error: z.object({ code: z.string().nullish(), message: z.string().nullish() }).nullish(),
})

/** What the reader of results knows of their batch. */
export interface ResultContext {
  readonly key: string
  /** What a usage cost, by the request that reports it; nothing where that is not known. */
  readonly priceOf: (request: RequestHash, usage: Usage) => number | undefined
  /** Whether pictures went along with its requests. */
  readonly hasPictures: boolean
}

/** Reads a line of a file that was handed in; nothing where it is none of ours. */
export function readRequestLine(
  line: string,
): { readonly id: RequestHash; readonly model: string } | undefined {
  const { data } = requestShape.safeParse(parseJson(line))
  return data && { id: data.custom_id, model: data.body.model }
}

/** The request that a line speaks of, also where the rest of it cannot be read; nothing where it is none of ours. */
export function nameIn(line: string): RequestHash | undefined {
  const [, name] = /"custom_id"\s*:\s*"([^"]*)"/.exec(line) ?? []
  return id.safeParse(name).data
}

/** Reads a line of a file of answers or of errors; nothing where it cannot be told whose it is. */
export function readResultLine(
  line: string,
  context: ResultContext,
): { readonly id: RequestHash; readonly answer: Answer } | undefined {
  const { data } = resultShape.safeParse(parseJson(line))
  if (data !== undefined)
    return { id: data.custom_id, answer: withoutSecrets(answerOf(data, context), context.key) }
  const name = nameIn(line)
  return name && { id: name, answer: { ...unreadable, received: [Buffer.from(line)] } }
}

const unreadable = {
  kind: 'unknown',
  message: 'The line of its answer cannot be read; it may have billed',
} as const

function answerOf(
  { custom_id: request, response, error }: z.infer<typeof resultShape>,
  { key, priceOf, hasPictures }: ResultContext,
): Answer {
  if (response === undefined || response === null) {
    const code = error?.code ?? 'no_response'
    const said = redact(`\`${code}\`: ${error?.message ?? 'no answer'}`, key)
    if (unworked.has(code)) return { kind: 'busy', message: `The batch ended before it: ${said}` }
    return { kind: 'unknown', message: `The provider failed: ${said}; it may have billed` }
  }
  const requestId = response.request_id ?? null
  if (response.status_code === 200)
    return readReply(response.body, {
      key,
      requestId,
      priceOf: (usage) => priceOf(request, usage),
      hasPictures,
    })
  const headers = new Headers(requestId === null ? {} : { 'x-request-id': requestId })
  const body = recordOf(response.body)
  return answerFault(APIError.generate(response.status_code, body, undefined, headers), key)
}

/** Codes of requests that a batch did not come to. */
const unworked: ReadonlySet<string> = new Set(['batch_expired', 'batch_cancelled'])

function recordOf(body: unknown): object | undefined {
  return typeof body === 'object' && body !== null ? body : undefined
}
