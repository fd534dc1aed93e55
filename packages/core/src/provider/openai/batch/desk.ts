import OpenAI, { toFile } from 'openai'
import type { Answer, BatchDesk, BatchRequest, BatchState } from '../../../ports.ts'
import { clientFor, keyOf } from '../client.ts'
import type { Access } from '../connection.ts'
import { answerFault, answerUnsent } from '../fault.ts'
import { redact } from '../redact.ts'
import { transport } from '../transport.ts'
import { answersOf, requestsIn } from './answers.ts'
import { endpointOf, fileLimits, lineOf, portionsOf } from './order-file.ts'
import { metadataOf, stateOf } from './state.ts'

/** A client with the key that must not show in what it throws. */
interface Session {
  readonly client: OpenAI
  readonly key: string
}

/** The answers of a whole batch come in one file; each of its lines has a cap of its own. */
const downloadTimeoutMs = 3_600_000

/** The Batch API of an account. `priceOf` of the access tells what is billed for a usage in a batch. */
export function batchDesk(access: Access): BatchDesk {
  // The SDK asks a `fetch` for its `Response` before it sends a file, or else makes a request to find that out.
  const fetch = Object.assign(transport(downloadTimeoutMs, Number.MAX_SAFE_INTEGER), { Response })
  const open = async (): Promise<Session | undefined> => {
    const key = await keyOf(access)
    return key === undefined ? undefined : { key, client: clientFor(access, key, fetch) }
  }
  const reading = async <Value>(read: (session: Session) => Promise<Value>): Promise<Value> => {
    const session = await open()
    if (session === undefined) throw new Error('the API key cannot be read')
    try {
      return await read(session)
    } catch (cause) {
      throw unreadable(cause, session.key)
    }
  }
  return {
    portions: (requests) => portionsOf(requests),
    submit: async (order, requests, signal) => {
      const session = await open()
      if (session === undefined) return unsent('invalid_api_key', 'the API key cannot be read')
      return submit(order, requests, session, signal)
    },
    list: (signal) => reading(({ client }) => list(client, signal)),
    requestsOf: ({ id }, signal) =>
      reading(async ({ client }) => {
        const batch = await client.batches.retrieve(id, { signal })
        return [...(await requestsIn(batch, client, signal)).keys()]
      }),
    collect: async function* ({ id }, signal) {
      const session = await open()
      if (session === undefined) throw new Error('the API key cannot be read')
      const { client, key } = session
      try {
        const batch = await client.batches.retrieve(id, { signal })
        yield* answersOf(batch, { client, key, signal, priceOf: access.priceOf })
      } catch (cause) {
        throw unreadable(cause, key)
      }
    },
  }
}

type Submission = Awaited<ReturnType<BatchDesk['submit']>>

async function submit(
  order: string,
  requests: readonly BatchRequest[],
  { client, key }: Session,
  signal: AbortSignal,
): Promise<Submission> {
  const [first] = requests
  if (first === undefined) return unsent('invalid_request', 'the batch is empty')
  const lines = requests.map(lineOf)
  const text = lines.join('')
  if (lines.includes(undefined)) return unsent('invalid_value', 'OpenAI knows no such value')
  if (Buffer.byteLength(text) > fileLimits.maxBytes)
    return unsent('invalid_value', 'its pictures are more than a file of a batch holds')
  const file = await upload(client, text, `${order}.jsonl`, signal).catch((cause: unknown) =>
    unsold(answerFault(cause, key), cause, key),
  )
  if ('kind' in file) return file
  try {
    const batch = await client.batches.create({
      input_file_id: file.id,
      endpoint: endpointOf(first),
      completion_window: '24h',
      metadata: metadataOf(order),
    })
    const message = batch.status
    return { kind: 'submitted', batch: { id: batch.id, order, status: 'waiting', message } }
  } catch (cause) {
    return withoutImage(answerFault(cause, key))
  }
}

async function upload(
  client: OpenAI,
  text: string,
  name: string,
  signal: AbortSignal,
): Promise<{ readonly id: string }> {
  const file = await toFile(Buffer.from(text), name, { type: 'application/jsonl' })
  const { id } = await client.files.create({ file, purpose: 'batch' }, { signal })
  return { id }
}

type Setback = Exclude<Answer, { kind: 'image' }>

/** A file that is only handed over buys nothing, whatever became of it. */
function unsold(answer: Answer, cause: unknown, key: string): Setback {
  if (answer.kind === 'refused' || answer.kind === 'busy') return answer
  const reason = unreadable(cause, key).message
  const message = `The file of requests was not handed over, and no batch made of it: ${reason}`
  return { kind: 'busy', message }
}

function unsent(...reason: Parameters<typeof answerUnsent>): Setback {
  return withoutImage(answerUnsent(...reason))
}

function withoutImage(answer: Answer): Setback {
  if (answer.kind !== 'image') return answer
  return { kind: 'unknown', message: 'The batch was answered with a picture' }
}

async function list(client: OpenAI, signal: AbortSignal): Promise<readonly BatchState[]> {
  const states: BatchState[] = []
  for await (const batch of client.batches.list({ limit: 100 }, { signal })) {
    const state = stateOf(batch)
    if (state !== undefined) states.push(state)
  }
  return states
}

function unreadable(cause: unknown, key: string): Error {
  const root = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause
  return new Error(redact(root instanceof Error ? root.message : String(root), key))
}
