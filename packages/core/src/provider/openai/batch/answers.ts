import OpenAI, { NotFoundError } from 'openai'
import type { Answer, RequestHash } from '../../../ports.ts'
import type { Access } from '../connection.ts'
import { redact } from '../redact.ts'
import { linesOf, tooLong } from './lines.ts'
import { fileLimits } from './order-file.ts'
import { readRequestLine, readResultLine } from './result.ts'

type Batch = OpenAI.Batches.Batch

/** What is needed to read the files of a batch. */
export interface Reader {
  readonly client: OpenAI
  readonly key: string
  readonly signal: AbortSignal
  readonly priceOf: Access['priceOf']
}

interface Answered {
  readonly id: RequestHash
  readonly answer: Answer
}

/** More than a lossless picture of the largest size takes as base64. */
const maxAnswerBytes = 128 * 1024 * 1024

/** The models of a batch's requests, by their names; none where the file that was handed in is deleted. */
export async function requestsIn(
  batch: Batch,
  client: OpenAI,
  signal: AbortSignal,
): Promise<ReadonlyMap<RequestHash, string>> {
  const models = new Map<RequestHash, string>()
  const lines = await contentOf(batch.input_file_id, client, signal)
  if (lines === undefined) return models
  for await (const line of linesOf(lines, fileLimits.maxBytes)) {
    const request = line === tooLong ? undefined : readRequestLine(line)
    if (request !== undefined) models.set(request.id, request.model)
  }
  return models
}

/**
 * The answers of a batch that ended, read line by line. A request without an answer was not worked on where the batch
 * ended early; where a line or a file cannot be read, or the batch was completed, its fate is unknown.
 */
export async function* answersOf(batch: Batch, reader: Reader): AsyncIterable<Answered> {
  const { client, key, signal } = reader
  const models = await requestsIn(batch, client, signal)
  const answered = new Set<RequestHash>()
  const priceOf: Parameters<typeof readResultLine>[1]['priceOf'] = (request, usage) => {
    const model = models.get(request) ?? batch.model
    return model === undefined ? undefined : reader.priceOf(model, usage)
  }
  let isWhole = true
  for (const file of [batch.output_file_id, batch.error_file_id]) {
    if (file === undefined || file === null) continue
    const lines = await contentOf(file, client, signal)
    // What a deleted file held was made, and billed.
    if (lines === undefined) {
      isWhole = false
      continue
    }
    for await (const line of linesOf(lines, maxAnswerBytes)) {
      const result = line === tooLong ? undefined : readResultLine(line, { key, priceOf })
      if (result === undefined) isWhole = false
      else if (!answered.has(result.id)) {
        answered.add(result.id)
        yield result
      }
    }
  }
  const rest = restOf(batch, isWhole, key)
  for (const id of models.keys()) if (!answered.has(id)) yield { id, answer: rest }
}

function restOf(batch: Batch, isWhole: boolean, key: string): Answer {
  if (batch.status === 'failed') {
    const [fault] = batch.errors?.data ?? []
    const code = fault?.code ?? 'batch_failed'
    const message = redact(`The batch was refused: ${fault?.message ?? code}`, key)
    return { kind: 'refused', scope: 'run', code, message }
  }
  if (isWhole && (batch.status === 'expired' || batch.status === 'cancelled'))
    return { kind: 'busy', message: `The batch ${batch.status} before it was made` }
  const message = `The batch was ${batch.status} and holds no answer that can be read; it may have billed`
  return { kind: 'unknown', message }
}

/** Nothing where the file is deleted. */
async function contentOf(
  file: string,
  client: OpenAI,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array> | undefined> {
  const response = await client.files.content(file, { signal }).catch((cause: unknown) => {
    if (cause instanceof NotFoundError) return undefined
    throw cause
  })
  return response?.body ?? undefined
}
