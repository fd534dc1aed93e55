import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { type Bill, microUsdOf, tokensOf } from './bill.ts'
import {
  type EndStatus,
  type HeldBatch,
  type OpenStatus,
  judgeBatch,
  judgeFile,
} from './batch-rules.ts'
import { draw } from './picture.ts'
import type { Accepted, Refusal } from './rules.ts'

/** What may befall one request of a batch, by a word of its prompt. */
export type BatchFault = 'refused' | 'failed' | 'unanswered' | 'unreadable'

/** OpenAI's Files and Batches on this machine: as strict, and paid when a batch ends. */
export interface BatchApi extends AsyncDisposable {
  /** Ends in `/v1`. */
  readonly url: string
  readonly billed: readonly Bill[]
  readonly batches: readonly HeldBatch[]
  /** Bodies of files by their ids. */
  readonly files: Map<string, Buffer>
  /** Requests that came in: method and path. */
  readonly requests: readonly string[]
  /** Accepts batches from here on without ever answering that it did. */
  hangAfterCreate(): void
  /** Resolves when a batch is accepted. */
  accepted(): Promise<void>
  /** Lists none of its batches any more. */
  forget(): void
  /** Lists none of its batches from here on, and knows each by its id. */
  unlist(): void
  /** Brings every open batch to another state on its way. */
  move(status: OpenStatus): void
  /** Refuses every request for a path that holds this. */
  refuse(path: string, refusal: Refusal | undefined): void
  /** Sends only so many bytes of each answered file, and cuts the line. */
  cutAfter(bytes: number | undefined): void
  /** Ends every open batch; of an early end the first `worked` requests were worked on. */
  end(status?: EndStatus, options?: EndOptions): Promise<void>
}

export interface EndOptions {
  /** How many requests of each batch were worked on. @default all of a completed one, none of another */
  readonly worked?: number
  readonly faults?: Readonly<Record<string, BatchFault>>
}

/** Starts the double on a free port of this machine. */
export async function startBatchApi(): Promise<BatchApi> {
  const desk: Desk = {
    billed: [],
    batches: [],
    files: new Map(),
    requests: [],
    refusals: new Map(),
    waiters: [],
    isHanging: false,
    isUnlisted: false,
    cut: undefined,
  }
  const server = createServer((request, response) => {
    attend(desk, request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/v1`,
    billed: desk.billed,
    batches: desk.batches,
    files: desk.files,
    requests: desk.requests,
    hangAfterCreate: () => {
      desk.isHanging = true
    },
    accepted: () => new Promise((resolve) => desk.waiters.push(resolve)),
    forget: () => {
      desk.batches.length = 0
    },
    unlist: () => {
      desk.isUnlisted = true
    },
    move: (status) => {
      for (const batch of desk.batches) if (isOpen(batch)) batch.status = status
    },
    refuse: (path, refusal) => {
      if (refusal === undefined) desk.refusals.delete(path)
      else desk.refusals.set(path, refusal)
    },
    cutAfter: (bytes) => {
      desk.cut = bytes
    },
    end: (status = 'completed', options = {}) => endAll(desk, status, options),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

interface Desk {
  readonly billed: Bill[]
  readonly batches: HeldBatch[]
  readonly files: Map<string, Buffer>
  readonly requests: string[]
  readonly refusals: Map<string, Refusal>
  readonly waiters: (() => void)[]
  isHanging: boolean
  isUnlisted: boolean
  cut: number | undefined
}

async function attend(
  desk: Desk,
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
  desk: Desk,
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

function sendFile(desk: Desk, id: string, response: ServerResponse): void {
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

function create(desk: Desk, body: Buffer, response: ServerResponse): void {
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

function list(desk: Desk, query: string, response: ServerResponse): void {
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

function isOpen({ status }: HeldBatch): boolean {
  return ['validating', 'in_progress', 'finalizing', 'cancelling'].includes(status)
}

async function endAll(desk: Desk, status: EndStatus, options: EndOptions): Promise<void> {
  for (const batch of desk.batches) {
    if (!isOpen(batch)) continue
    const judged = judgeFile(desk.files.get(batch.input_file_id), batch.endpoint)
    if ('fault' in judged || status === 'failed') {
      batch.status = 'failed'
      const message = 'fault' in judged ? judged.fault : 'This model is not served in batches.'
      batch.errors = { object: 'list', data: [{ code: 'invalid_request', message, line: 1 }] }
      continue
    }
    batch.status = status
    await work(desk, batch, judged.orders, options)
  }
}

async function work(
  desk: Desk,
  batch: HeldBatch,
  orders: readonly (readonly [string, Accepted | Refusal])[],
  { worked = batch.status === 'completed' ? orders.length : 0, faults = {} }: EndOptions,
): Promise<void> {
  const output: string[] = []
  const errors: string[] = []
  for (const [index, [id, order]] of orders.entries()) {
    const line = (response: unknown, error: unknown = null): string =>
      JSON.stringify({ id: `batch_req_${index}`, custom_id: id, response, error })
    if (index >= worked) {
      errors.push(line(null, { code: `batch_${batch.status}`, message: 'Not executed.' }))
      continue
    }
    if ('error' in order) {
      errors.push(
        line({ status_code: order.status, request_id: 'req_b', body: { error: order.error } }),
      )
      continue
    }
    const fault = Object.entries(faults).find(([word]) => order.prompt.includes(word))?.[1]
    if (fault === 'refused') {
      const error = { message: 'Rejected by the safety system.', code: 'moderation_blocked' }
      errors.push(line({ status_code: 400, request_id: 'req_b', body: { error } }))
      continue
    }
    desk.billed.push(billFor(order))
    if (fault === 'unanswered') continue
    if (fault === 'failed') {
      errors.push(
        line({ status_code: 500, request_id: 'req_b', body: { error: { message: 'Oops' } } }),
      )
      continue
    }
    const picture = fault === 'unreadable' ? '*' : (await draw(order)).toString('base64')
    output.push(line({ status_code: 200, request_id: `req_${index}`, body: reply(order, picture) }))
  }
  const failed = errors.length
  batch.request_counts = { total: orders.length, completed: orders.length - failed, failed }
  batch.output_file_id = keep(desk, `${batch.id}-output`, output)
  batch.error_file_id = keep(desk, `${batch.id}-errors`, errors)
}

function keep(desk: Desk, id: string, lines: readonly string[]): string | undefined {
  if (lines.length === 0) return undefined
  // What comes back is in no order.
  desk.files.set(
    id,
    Buffer.from(
      lines
        .toReversed()
        .map((line) => `${line}\n`)
        .join(''),
    ),
  )
  return id
}

function reply(order: Accepted, picture: string): object {
  const { input, output } = tokensOf(order)
  const usage = { input_tokens: input, output_tokens: output, total_tokens: input + output }
  return { created: 1_795_305_600, data: [{ b64_json: picture }], usage }
}

/** Half of the ordinary price, of the models that the price list has in batches. */
function billFor(order: Accepted): Bill {
  const { model, quality, prompt, width, height } = order
  const standard = microUsdOf(order)
  const microUsd = model.startsWith('gpt-image-2.') ? standard : Math.ceil(standard / 2)
  return { model, size: `${width}x${height}`, quality, prompt, microUsd }
}

function invalid(message: string, param: string): object {
  return { error: { message, type: 'invalid_request_error', param, code: null } }
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}
