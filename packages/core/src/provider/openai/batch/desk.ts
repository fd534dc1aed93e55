import OpenAI, { toFile } from 'openai'
import { z } from 'zod'
import type { Answer, BatchDesk, BatchRequest } from '../../../ports.ts'
import { apiKeyOf, clientFor } from '../client.ts'
import type { Access } from '../access.ts'
import { strangeIn } from '../request.ts'
import { answerFault, answerUnsent } from '../fault.ts'
import { retirementOf } from '../retirement.ts'
import { redact } from '../../redact.ts'
import { rootMessage } from '../../../root-message.ts'
import { transport } from '../transport.ts'
import { answersOf, namesIn } from './answers.ts'
import { findBatch, isBatch, listBatches, retrieveBatch } from './batches.ts'
import { endpointOf, fileLimits, lineOf, portionsOf } from './order-file.ts'
import { isOver, metadataOf } from './state.ts'

/** A client with the key that must not show in what it throws. */
interface Session {
  readonly client: OpenAI
  readonly key: string
}

/** The answers of a whole batch come in one file; each of its lines has a cap of its own. */
const downloadTimeoutMs = 3_600_000

/** The Batch API of an account. `priceOf` of the access tells what is billed for a usage in a batch. */
export function batchDesk(access: Access): Required<BatchDesk> {
  // The SDK asks a `fetch` for its `Response` before it sends a file, or else makes a request to find that out.
  const fetch = Object.assign(transport(downloadTimeoutMs, Number.MAX_SAFE_INTEGER), { Response })
  const open = async (): Promise<Session | undefined> => {
    const key = await apiKeyOf(access)
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
      const [retired] = requests.flatMap(({ input }) => retirementOf(access, input.model) ?? [])
      if (retired !== undefined) return unsent('model_retired', retired)
      const session = await open()
      if (session === undefined) return unsent('invalid_api_key', 'the API key cannot be read')
      return submit(order, requests, session, signal)
    },
    list: (signal) => reading(({ client }) => listBatches(client, signal)),
    find: (id, signal) => reading(({ client }) => findBatch(client, id, signal)),
    requestsOf: ({ id }, signal) =>
      reading(async ({ client }) =>
        namesIn(await retrieveBatch(client, id, signal), client, signal),
      ),
    collect: async function* ({ id }, signal) {
      const session = await open()
      if (session === undefined) throw new Error('the API key cannot be read')
      const { client, key } = session
      try {
        const batch = await retrieveBatch(client, id, signal)
        if (!isOver(batch)) throw new Error(`it is \`${batch.status}\` again`)
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
  const strange = requests[lines.indexOf(undefined)]
  if (strange !== undefined)
    return unsent('invalid_value', strangeIn(strange.input) ?? 'the API knows no such value')
  if (Buffer.byteLength(text) > fileLimits.maxBytes)
    return unsent('invalid_value', 'its pictures are more than a file of a batch holds')
  const file = await upload(client, text, `${order}.jsonl`, signal).catch((cause: unknown) =>
    unsold(answerFault(cause, key), cause, key),
  )
  if ('kind' in file) return file
  try {
    const batch: unknown = await client.batches.create({
      input_file_id: file.id,
      endpoint: endpointOf(first),
      completion_window: '24h',
      metadata: metadataOf(order),
    })
    if (!isBatch(batch)) return { kind: 'unknown', message: noBatch }
    const { id, status: message } = batch
    return { kind: 'submitted', batch: { id, order, status: 'waiting', message } }
  } catch (cause) {
    return withoutImage(answerFault(cause, key))
  }
}

const noBatch = 'The batch was handed in, and what was answered is no batch; it may bill'

async function upload(
  client: OpenAI,
  text: string,
  name: string,
  signal: AbortSignal,
): Promise<{ readonly id: string }> {
  const file = await toFile(Buffer.from(text), name, { type: 'application/jsonl' })
  const held: unknown = await client.files.create({ file, purpose: 'batch' }, { signal })
  const { id } = z
    .object({ id: z.string().min(1) })
    .catch({ id: '' })
    .parse(held)
  if (id === '') throw new Error('what was answered is no file')
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

function unreadable(cause: unknown, key: string): Error {
  return new Error(redact(rootMessage(cause), key))
}
