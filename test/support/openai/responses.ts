import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'

/** What a script makes of one accepted request: the reply's fields, over those of a good one. */
export type Script = Readonly<Record<string, unknown>>

export interface ResponsesDouble extends AsyncDisposable {
  readonly url: string
  readonly bodies: readonly Readonly<Record<string, unknown>>[]
  /** Micro-dollars of each accepted request, by the rates of gpt-image-2 and gpt-6.1-terra. */
  readonly billed: readonly number[]
}

const known: ReadonlySet<string> = new Set([
  'input',
  'max_output_tokens',
  'max_tool_calls',
  'model',
  'store',
  'tool_choice',
  'tools',
])
const toolKnown: ReadonlySet<string> = new Set([
  'action',
  'background',
  'input_image_mask',
  'model',
  'moderation',
  'output_format',
  'quality',
  'size',
  'type',
])

/** The Responses API on this machine, for one scripted reply a request. */
export async function startResponses(...scripts: readonly Script[]): Promise<ResponsesDouble> {
  const bodies: Readonly<Record<string, unknown>>[] = []
  const billed: number[] = []
  const server = createServer((request, response) => {
    attend(request, response).catch(() => response.destroy())
  })
  async function attend(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body: unknown = JSON.parse(await text(request))
    if (typeof body !== 'object' || body === null) throw new Error('no body')
    bodies.push({ ...body })
    const fault = request.url === '/v1/responses' ? faultIn({ ...body }) : 'Invalid URL'
    response.setHeader('x-request-id', `req_${bodies.length}`)
    response.setHeader('content-type', 'application/json')
    if (fault !== undefined) {
      response.statusCode = 400
      response.end(JSON.stringify({ error: { message: fault, type: 'invalid_request_error' } }))
      return
    }
    const script = scripts[billed.length] ?? {}
    billed.push('billedMicroUsd' in script ? Number(script['billedMicroUsd']) : fullMicroUsd)
    response.end(JSON.stringify({ ...good, ...script }))
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

function faultIn(body: Readonly<Record<string, unknown>>): string | undefined {
  const unknown = Object.keys(body).find((name) => !known.has(name))
  if (unknown !== undefined) return `Unknown parameter: '${unknown}'.`
  if (body['model'] !== 'gpt-6.1-terra')
    return `The model '${String(body['model'])}' does not exist.`
  const { tools } = body
  const [tool]: readonly unknown[] = Array.isArray(tools) ? tools : []
  if (typeof tool !== 'object' || tool === null) return 'No tool.'
  const stray = Object.keys(tool).find((name) => !toolKnown.has(name))
  return stray === undefined ? undefined : `Unknown parameter: 'tools[0].${stray}'.`
}

/** 10 words and 196 image tokens of gpt-image-2; 100 in and 50 out of gpt-6.1-terra. */
export const fullMicroUsd: number = 10 * 5 + 196 * 30 + 100 + 50 * 5
export const driverMicroUsd: number = 100 + 50 * 5

export const call = {
  type: 'image_generation_call',
  id: 'ig_1',
  status: 'completed',
  result: 'aGk=',
  size: '1024x1024',
  quality: 'low',
  revised_prompt: 'a tall lighthouse',
} as const

const good = {
  id: 'resp_1',
  object: 'response',
  status: 'completed',
  error: null,
  incomplete_details: null,
  output: [{ type: 'reasoning', id: 'rs_1', summary: [] }, call],
  usage: { input_tokens: 100, output_tokens: 50, total_tokens: 150 },
  tool_usage: {
    image_gen: {
      input_tokens: 10,
      input_tokens_details: { text_tokens: 10, image_tokens: 0 },
      output_tokens: 196,
      total_tokens: 206,
    },
  },
} as const
