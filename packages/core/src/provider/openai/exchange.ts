import type OpenAI from 'openai'

import type { Answer } from '../../ports.ts'
import { withoutSecrets } from '../without-secrets.ts'
import type { Access } from './access.ts'
import { clientFor, apiKeyOf } from './client.ts'
import { answerFault, answerUnsent } from './fault.ts'
import { type Line, watch } from './line.ts'
import { paceOf } from '../pace.ts'
import { retirementOf } from './retirement.ts'

/** One request: of which model, until when, and how it is sent and its answer read. */
export interface Order {
  readonly model: string
  readonly signal: AbortSignal
  /** Calls the client once. */
  readonly converse: (client: OpenAI, talk: Talk) => Promise<Answer>
}

/** What whoever reads a reply has to know of it besides. */
export interface Talk {
  /** It never shows in an answer. */
  readonly key: string
  /** By the headers of the reply, once they came. */
  readonly requestId: () => string | null
}

/** Sends a request at most once, and never throws for what becomes of it. */
export async function exchange(
  access: Access,
  fetch: Parameters<typeof watch>[0],
  { model, signal, converse }: Order,
): Promise<Answer> {
  const retired = access.isOwn ? retirementOf(access, model) : undefined
  if (retired !== undefined) return answerUnsent('model_retired', retired)
  const key = await apiKeyOf(access)
  if (key === undefined) return answerUnsent('invalid_api_key', 'the function `apiKey` gave no key')
  const line = watch(fetch)
  const requestId = (): string | null => line.headers()?.get('x-request-id') ?? null
  // The client is made within: an address or a key that is malformed is a fault of the answer.
  const talking = async (): Promise<Answer> =>
    converse(clientFor(access, key, line.send), { key, requestId })
  const answer = await talking().catch(async (fault: unknown): Promise<Answer> => {
    if (line.isSent()) return answerFault(fault, key, await line.failure())
    if (signal.aborted) return { kind: 'busy', message: 'Cancelled before anything was sent' }
    return answerUnsent(
      'invalid_request',
      'the key, `baseURL`, `OPENAI_ORG_ID` or `OPENAI_PROJECT_ID` holds what no request may hold; write it anew',
    )
  })
  return withoutSecrets(withHeaders(answer, line), key)
}

function withHeaders(answer: Answer, line: Line): Answer {
  const headers = line.headers()
  if (headers === undefined) return answer
  const pace = paceOf(headers)
  const paced = pace === undefined ? {} : { pace }
  if (answer.kind === 'busy') return { ...answer, ...paced }
  const requestId = headers.get('x-request-id')
  return { ...answer, ...(requestId === null ? {} : { requestId }), ...paced }
}
