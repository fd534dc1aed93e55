/** Files and Batches, as they answer. */

import type { IncomingMessage, ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import type { BatchDesk, HeldBatch } from './batch-desk.ts'
import { judgeBatch } from './batch-rules.ts'

/** Answers one request. */
export async function attend(
  desk: BatchDesk,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await buffer(request)
  const { method = '', url = '' } = request
  desk.requests.push(`${method} ${url}`)
  const refusal = [...desk.refusals].find(([path]) => `${method} ${url}`.includes(path))?.[1]
  if (refusal !== undefined) return send(response, refusal.status, { error: refusal.error })
  if (!/^Bearer sk-test-[\w-]+$/.test(request.headers.authorization ?? ''))
    return send(response, 401, {
      error: { message: 'Incorrect API key.', code: 'invalid_api_key' },
    })
  const [path = '', query = ''] = url.split('?')
  if (method === 'POST' && path === '/v1/files') return receiveFile(desk, request, body, response)
  const file = /^\/v1\/files\/([\w-]+)\/content$/.exec(path)?.[1]
  if (method === 'GET' && file !== undefined) return sendFile(desk, file, response)
  if (method === 'POST' && path === '/v1/batches') return create(desk, body, response)
  if (method === 'GET' && path === '/v1/batches') return list(desk, query, response)
  const id = /^\/v1\/batches\/([\w-]+)$/.exec(path)?.[1]
  const batch = desk.batches.find((one) => one.id === id)
  if (method === 'GET' && batch !== undefined) return send(response, 200, shown(batch))
  return send(response, 404, { error: { message: `Invalid URL (${method} ${url})` } })
}

async function receiveFile(
  desk: BatchDesk,
  request: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): Promise<void> {
  const headers = { 'content-type': request.headers['content-type'] ?? '' }
  const form = await new Response(new Uint8Array(body), { headers }).formData()
  const file = form.get('file')
  if (form.get('purpose') !== 'batch' || !(file instanceof File))
    return send(response, 400, invalid('Expected a file and the purpose `batch`.', 'purpose'))
  const id = `file-${desk.files.size + 1}`
  desk.files.set(id, Buffer.from(await file.arrayBuffer()))
  send(response, 200, {
    id,
    object: 'file',
    purpose: 'batch',
    filename: file.name,
    bytes: file.size,
  })
}

function sendFile(desk: BatchDesk, id: string, response: ServerResponse): void {
  const content = desk.files.get(id)
  if (content === undefined)
    return send(response, 404, { error: { message: `No such File object: ${id}` } })
  const isPage = content.toString('latin1', 0, 5) === '<html'
  response.writeHead(200, {
    'content-type': isPage ? 'text/html' : 'application/octet-stream',
    'content-length': content.length,
  })
  if (desk.cut === undefined || id.endsWith('input')) response.end(content)
  else response.write(content.subarray(0, desk.cut), () => response.destroy())
}

function create(desk: BatchDesk, body: Buffer, response: ServerResponse): void {
  const judged = judgeBatch(JSON.parse(body.toString()), desk.files)
  if ('error' in judged) return send(response, judged.status, { error: judged.error })
  const batch: HeldBatch = {
    ...judged,
    id: `batch_${desk.batches.length + 1}`,
    status: 'validating',
    request_counts: { total: 0, completed: 0, failed: 0 },
  }
  desk.batches.push(batch)
  for (const tell of desk.waiters.splice(0)) tell()
  if (!desk.isHanging) send(response, 200, shown(batch))
}

function list(desk: BatchDesk, query: string, response: ServerResponse): void {
  const after = new URLSearchParams(query).get('after')
  const newestFirst = desk.isUnlisted ? [] : desk.batches.toReversed()
  const start = after === null ? 0 : newestFirst.findIndex(({ id }) => id === after) + 1
  // Pages are short, so that whoever reads the first alone is found out.
  const page = newestFirst.slice(start, start + 2)
  const hasMore = start + page.length < newestFirst.length
  send(response, 200, { object: 'list', data: page.map(shown), has_more: hasMore })
}

function shown(batch: HeldBatch): object {
  return { object: 'batch', created_at: 1_795_305_600, ...batch }
}

function invalid(message: string, param: string): object {
  return { error: { message, type: 'invalid_request_error', param, code: null } }
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}
