import type { ServerResponse } from 'node:http'

import { authorUsage, tokensOf } from './bill.ts'
import { blocks, type Mishap } from './faults.ts'
import { draw } from './picture.ts'
import { sendStream, type Reply } from './stream.ts'
import type { Accepted, Refusal } from './rules.ts'

export function sendRefusal(
  response: ServerResponse,
  { status, headers, error, detail }: Refusal,
): void {
  send(response, status, JSON.stringify(detail === undefined ? { error } : { detail }), headers)
}

/** Answers a request that was billed, as it should be or with a mishap. */
export async function sendPicture(
  response: ServerResponse,
  order: Accepted,
  mishap: Mishap | undefined,
): Promise<void> {
  const reply = await replyTo(order)
  if (order.isStreamed === true) return sendStream(response, order, reply, mishap)
  const body = JSON.stringify(reply)
  const base64 = reply.data[0]?.b64_json ?? ''
  const withPicture = (encoded: string): void =>
    send(response, 200, JSON.stringify({ ...reply, data: [{ b64_json: encoded }] }))
  switch (mishap) {
    case undefined:
      return send(response, 200, body)
    case 'server-error':
      return sendRefusal(response, serverError(500))
    case 'blocked-output':
      return sendRefusal(response, blocks.output)
    case 'gateway-timeout':
      return send(response, 504, '<html><body>504 Gateway Time-out</body></html>', html)
    case 'reset':
      response.socket?.resetAndDestroy()
      return
    case 'reset-midway':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length })
      response.write(body.slice(0, 100), () => response.socket?.resetAndDestroy())
      return
    case 'hang':
      return
    case 'html':
      return send(response, 200, '<html><body>Welcome to the proxy</body></html>', html)
    case 'empty':
      return send(response, 200, '')
    case 'truncated-json':
      return send(response, 200, body.slice(0, -40))
    case 'no-data':
      return send(response, 200, JSON.stringify({ ...reply, data: [] }))
    case 'two-pictures':
      return send(response, 200, JSON.stringify({ ...reply, data: [...reply.data, ...reply.data] }))
    case 'url-only':
      return send(response, 200, JSON.stringify({ ...reply, data: [{ url: 'https://x.test/1' }] }))
    case 'foreign-base64':
      return withPicture(`${base64.slice(0, 8)}*${base64.slice(9)}`)
    case 'unpadded-base64':
      return withPicture(base64.replace(/=*$/, '').slice(0, -1))
    case 'half-png':
      return withPicture(halfOf(base64))
    case 'wrong-dimensions':
      return withPicture((await draw({ ...order, width: 512, height: 512 })).toString('base64'))
    case 'no-usage':
      return send(response, 200, JSON.stringify({ ...reply, usage: undefined }))
  }
}

const html = { 'content-type': 'text/html' } as const

async function replyTo(order: Accepted): Promise<Reply & Readonly<Record<string, unknown>>> {
  const picture = { b64_json: (await draw(order)).toString('base64') }
  const created = 1_795_305_600
  if (order.model.startsWith('dall-e-')) {
    const revised = order.model === 'dall-e-3' ? { revised_prompt: `Behold ${order.prompt}` } : {}
    const one = order.isLinked === true ? { url: 'https://x.test/1' } : picture
    return { created, data: Array.from({ length: order.n }, () => ({ ...one, ...revised })) }
  }
  return {
    created,
    background: order.background === 'auto' ? 'opaque' : order.background,
    output_format: order.format,
    quality: order.quality,
    size: `${order.width}x${order.height}`,
    data: Array.from({ length: order.n }, () => picture),
    usage: usageOf(order),
    ...(order.isVector === true ? { svg_usage: authorUsage } : {}),
  }
}

/** What a reply reports of what it costs, with the pictures that came along told apart. */
export function usageOf(order: Accepted): Readonly<Record<string, unknown>> {
  const { input, imageInput, output } = tokensOf(order)
  return {
    input_tokens: input + imageInput,
    input_tokens_details: { text_tokens: input, image_tokens: imageInput },
    output_tokens: output,
    total_tokens: input + imageInput + output,
  }
}

function halfOf(base64: string): string {
  const bytes = Buffer.from(base64, 'base64')
  return bytes.subarray(0, Math.ceil(bytes.length / 2)).toString('base64')
}

function serverError(status: number): Refusal {
  const message = 'The server had an error while processing your request.'
  return { status, error: { message, type: 'server_error', param: null, code: null } }
}

function send(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(body)
}
