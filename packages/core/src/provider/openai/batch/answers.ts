import OpenAI, { APIError } from 'openai'
import type { Answer, RequestHash } from '../../../ports.ts'
import type { Access } from '../access.ts'
import { redact } from '../../redact.ts'
import { linesOf, tooLong } from './lines.ts'
import { type Endpoint, fileLimits } from './order-file.ts'
import { nameIn, readRequestLine, readResultLine } from './result.ts'
import { isOver } from './state.ts'

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

/**
 * The names of a batch's requests: of what was handed in or, where that is deleted, of what was answered. Throws where
 * neither can tell, and the batch may bring more.
 */
export async function namesIn(
  batch: Batch,
  client: OpenAI,
  signal: AbortSignal,
): Promise<readonly RequestHash[]> {
  const models = await requestsIn(batch, client, signal)
  if (models !== undefined) return [...models.keys()]
  if (!isOver(batch))
    throw new Error(
      `the file of requests of batch \`${batch.id}\` is deleted, so that it cannot be told what waits in it; cancel that batch, or wait for its end`,
    )
  const names = new Set<RequestHash>()
  for (const file of filesOf(batch)) {
    for await (const line of linesOf(
      (await contentOf(file, client, signal)) ?? [],
      maxAnswerBytes,
    )) {
      const name = line === tooLong ? undefined : nameIn(line)
      if (name !== undefined) names.add(name)
    }
  }
  return [...names]
}

function filesOf({ output_file_id: output, error_file_id: errors }: Batch): readonly string[] {
  return [output, errors].filter((file) => typeof file === 'string')
}

/** The models of a batch's requests, by their names; nothing where the file that was handed in is deleted. */
async function requestsIn(
  batch: Batch,
  client: OpenAI,
  signal: AbortSignal,
): Promise<ReadonlyMap<RequestHash, string> | undefined> {
  const models = new Map<RequestHash, string>()
  const lines = await contentOf(batch.input_file_id, client, signal)
  if (lines === undefined) return undefined
  for await (const line of linesOf(lines, fileLimits.maxBytes)) {
    const request = line === tooLong ? undefined : readRequestLine(line)
    if (request !== undefined) models.set(request.id, request.model)
  }
  return models
}

/**
 * The answers of a batch that ended, read line by line; of two for one request, a picture comes after whatever else was
 * told. A request without an answer was not worked on where the batch ended early, or failed before it made anything;
 * where a line or a file cannot be read, or the batch was completed, its fate is unknown.
 */
export async function* answersOf(batch: Batch, reader: Reader): AsyncIterable<Answered> {
  const { client, key, signal } = reader
  const models = (await requestsIn(batch, client, signal)) ?? new Map<RequestHash, string>()
  const priceOf: Parameters<typeof readResultLine>[1]['priceOf'] = (request, usage) => {
    const model = models.get(request) ?? batch.model
    return model === undefined ? undefined : reader.priceOf(model, usage)
  }
  // All requests of a batch go to one address.
  const hasPictures = batch.endpoint === ('/v1/images/edits' satisfies Endpoint)
  const answered = new Map<RequestHash, Answer['kind']>()
  let madeCount = 0
  let isWhole = true
  for (const file of filesOf(batch)) {
    const lines = await contentOf(file, client, signal)
    // What a deleted file held was made, and billed.
    if (lines === undefined) isWhole = false
    for await (const line of linesOf(lines ?? [], maxAnswerBytes)) {
      // Whatever failed stands in another file.
      if (file === batch.output_file_id) madeCount += 1
      const result =
        line === tooLong ? undefined : readResultLine(line, { key, priceOf, hasPictures })
      if (result === undefined) isWhole = false
      else if (isNews(answered.get(result.id), result.answer.kind)) {
        answered.set(result.id, result.answer.kind)
        yield result
      }
    }
  }
  const { completed = 0 } = batch.request_counts ?? {}
  const rest = restOf(batch, isWhole && madeCount >= completed, key)
  for (const id of models.keys()) if (!answered.has(id)) yield { id, answer: rest }
}

function isNews(former: Answer['kind'] | undefined, kind: Answer['kind']): boolean {
  return former === undefined || (kind === 'image' && former !== 'image')
}

function restOf(batch: Batch, isWhole: boolean, key: string): Answer {
  const { status, errors, request_counts: counts } = batch
  // A batch that failed before it made anything did not pass its validation.
  if (status === 'failed' && isWhole && !counts?.completed) {
    const [fault] = errors?.data ?? []
    const code = redact(fault?.code ?? 'batch_failed', key)
    const message = `The batch was refused: ${redact(fault?.message ?? code, key)}; nothing was made`
    return { kind: 'refused', scope: 'run', code, message }
  }
  if (isWhole && (status === 'expired' || status === 'cancelled')) {
    const ended = status === 'expired' ? 'expired' : 'was cancelled'
    return { kind: 'busy', message: `The batch ${ended} before this picture was made` }
  }
  const message = `The batch is \`${status}\` and holds no answer that can be read; it may have billed`
  return { kind: 'unknown', message }
}

/** Nothing where the file is deleted. Throws where a page is answered in its place. */
async function contentOf(
  file: string,
  client: OpenAI,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array> | undefined> {
  const response = await client.files.content(file, { signal }).catch((cause: unknown) => {
    if (cause instanceof APIError && (cause.status === 404 || cause.status === 410))
      return undefined
    throw cause
  })
  if (response?.headers.get('content-type')?.startsWith('text/html') === true)
    throw new Error('a page was answered in place of a file')
  return response?.body ?? undefined
}
