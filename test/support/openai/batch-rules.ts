import type { HeldBatch } from './batch-desk.ts'
import { uploadOf } from './data-url.ts'
import { judgeUploads, pixelsOf } from './edits.ts'
import { type Accepted, type Refusal, judge } from './rules.ts'

type Body = Readonly<Record<string, unknown>>

const endpoints: ReadonlySet<unknown> = new Set(['/v1/images/generations', '/v1/images/edits'])

/** Reads the body of `POST /batches` as the API would. */
export function judgeBatch(
  body: Body,
  files: ReadonlyMap<string, Buffer>,
): Omit<HeldBatch, 'id' | 'status' | 'request_counts'> | Refusal {
  const { input_file_id: file, endpoint, completion_window: window, metadata, ...others } = body
  const [stray] = Object.keys(others)
  if (stray !== undefined) return refusal(`Unknown parameter: '${stray}'.`, stray)
  if (typeof file !== 'string' || !files.has(file))
    return refusal(`Invalid file ${String(file)}.`, 'input_file_id')
  if (typeof endpoint !== 'string' || !endpoints.has(endpoint))
    return refusal(`Invalid value: '${String(endpoint)}'.`, 'endpoint')
  if (window !== '24h') return refusal(`Invalid value: '${String(window)}'.`, 'completion_window')
  if (!isRecord(metadata) || Object.values(metadata).some((one) => typeof one !== 'string'))
    return refusal('Metadata are strings.', 'metadata')
  return { input_file_id: file, endpoint, completion_window: window, metadata }
}

/** Validates a file of requests line by line; a fault fails the whole batch. */
export async function judgeFile(
  content: Buffer | undefined,
  endpoint: string,
): Promise<
  | { readonly orders: readonly (readonly [string, Accepted | Refusal])[] }
  | { readonly fault: string }
> {
  const lines = (content?.toString() ?? '').split('\n')
  if (lines.pop() !== '') return { fault: 'The last line does not end.' }
  const orders: (readonly [string, Accepted | Refusal])[] = []
  const ids = new Set<unknown>()
  const models = new Set<unknown>()
  for (const line of lines) {
    const request = parsed(line)
    if (request === undefined) return { fault: 'Invalid JSON line.' }
    const { custom_id: id, method, url, body, ...others } = request
    if (Object.keys(others).length > 0) return { fault: 'Unexpected field in a line.' }
    if (typeof id !== 'string' || ids.has(id))
      return { fault: `Duplicate custom_id: ${String(id)}` }
    if (method !== 'POST' || url !== endpoint) return { fault: `Wrong url: ${String(url)}` }
    if (!isRecord(body)) return { fault: 'A line has no body.' }
    ids.add(id)
    models.add(body['model'])
    orders.push([id, endpoint.endsWith('edits') ? await judgeEdit(body) : judge(body)])
  }
  if (models.size !== 1) return { fault: 'Expected one model in a batch.' }
  return { orders }
}

/** An edit is a generation that comes with pictures, each as a data URL. */
async function judgeEdit({ images, mask, ...words }: Body): Promise<Accepted | Refusal> {
  if (!Array.isArray(images)) return refusal('Expected 1 to 16 images.', 'images')
  const pictures = images.map((image: unknown) => uploadOf('image', image))
  const masks = mask === undefined ? [] : [uploadOf('mask', mask)]
  const uploads = [...pictures, ...masks].filter((one) => one !== undefined)
  if (uploads.length < pictures.length + masks.length)
    return refusal('Expected data URLs.', pictures.includes(undefined) ? 'images' : 'mask')
  const judged = (await judgeUploads(uploads, 16)) ?? judge(words)
  return 'error' in judged ? judged : { ...judged, images: await pixelsOf(uploads) }
}

function parsed(line: string): Body | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function refusal(message: string, param: string): Refusal {
  const error = { message, type: 'invalid_request_error', param, code: 'invalid_value' }
  return { status: 400, error }
}
