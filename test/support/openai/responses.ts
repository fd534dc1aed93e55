import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'

import { parseJson } from '../../../packages/core/src/json.ts'
import { sendRefusal } from './answer.ts'
import { microUsdOf, authorUsage, tokensOf } from './bill.ts'
import { draw } from './picture.ts'
import { type AcceptedCall, judgeResponse } from './responses-rules.ts'
import { envelope } from './route.ts'
import type { Refusal } from './rules.ts'

/** What a script makes of one accepted request: the reply's fields, over those of a good one. */
export type Script = Readonly<Record<string, unknown>>

export interface ResponsesDouble extends AsyncDisposable {
  readonly url: string
  readonly bodies: readonly Readonly<Record<string, unknown>>[]
  /** Micro-dollars of each accepted request, by the rates of its picture and of gpt-6.1-terra. */
  readonly billed: readonly number[]
}

/** The Responses API on this machine, for one scripted reply a request: as strict as that of images. */
export async function startResponses(...scripts: readonly Script[]): Promise<ResponsesDouble> {
  const bodies: Readonly<Record<string, unknown>>[] = []
  const billed: number[] = []
  const server = createServer((request, response) => {
    attend(request, response).catch(() => response.destroy())
  })
  async function attend(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = parseJson(await text(request))
    bodies.push(typeof body === 'object' ? { ...body } : {})
    response.setHeader('x-request-id', `req_${bodies.length}`)
    const judged = strangeIn(request) ?? (await judgeResponse(bodies.at(-1) ?? {}))
    if ('error' in judged) return sendRefusal(response, judged)
    const script = scripts[billed.length] ?? {}
    const { billedMicroUsd = Math.ceil(microUsdOf(judged) + driverMicroUsd), ...fields } = script
    billed.push(Number(billedMicroUsd))
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ ...(await replyTo(judged)), ...fields }))
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/v1`,
    bodies,
    billed,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function strangeIn({ method, url, headers }: IncomingMessage): Refusal | undefined {
  if (method !== 'POST' || url !== '/v1/responses') return envelope(404, 'Invalid URL', null)
  if (!/^Bearer sk-test-[\w-]+$/.test(headers.authorization ?? ''))
    return envelope(401, 'Incorrect API key provided.', 'invalid_api_key')
  if (!/^application\/json(?:;|$)/.test(headers['content-type'] ?? ''))
    return envelope(400, 'Unsupported content type.', 'unsupported_content_type')
  return undefined
}

/** 100 in and 50 out of gpt-6.1-terra. */
export const driverMicroUsd: number = 100 + 50 * 5

/** A finished call for a picture that nobody can read. */
export const call = {
  type: 'image_generation_call',
  id: 'ig_1',
  status: 'completed',
  result: 'aGk=',
  size: '1024x1024',
  quality: 'low',
  revised_prompt: 'a tall lighthouse',
} as const

async function replyTo(order: AcceptedCall): Promise<Readonly<Record<string, unknown>>> {
  const { input, imageInput, output } = tokensOf(order)
  const made = {
    ...call,
    result: (await draw(order)).toString('base64'),
    size: `${order.width}x${order.height}`,
    quality: order.quality,
    background: order.background,
    output_format: order.format,
    ...(order.isVector === true && { svg_usage: authorUsage }),
  }
  return {
    id: 'resp_1',
    object: 'response',
    status: 'completed',
    error: null,
    incomplete_details: null,
    model: order.driver,
    output: [{ type: 'reasoning', id: 'rs_1', summary: [] }, made],
    usage: { input_tokens: 100, output_tokens: 50, total_tokens: 150 },
    tool_usage: {
      image_gen: {
        input_tokens: input + imageInput,
        input_tokens_details: { text_tokens: input, image_tokens: imageInput },
        output_tokens: output,
        total_tokens: input + imageInput + output,
      },
    },
  }
}
