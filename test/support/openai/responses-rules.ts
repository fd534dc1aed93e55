/** What the Responses API refuses of a request for a picture, in its words. */

import { judgeUploads, pixelsOf } from './edits.ts'
import { invalid, listed, type Refusal } from './refusal.ts'
import type { Upload } from './route.ts'
import { type Accepted, judge, unknownIn } from './rules.ts'

type Body = Readonly<Record<string, unknown>>

/** A request that the API would carry out: the picture, and who calls for it. */
export interface AcceptedCall extends Accepted {
  readonly driver: string
}

const parameters = [
  'input',
  'max_output_tokens',
  'max_tool_calls',
  'model',
  'store',
  'tool_choice',
  'tools',
] as const

/** Text models that have the tool, of those that the pricing page lists. */
const drivers = ['gpt-6.1-terra', 'gpt-6-sol', 'gpt-5.6-terra', 'gpt-5.6-luna'] as const

/** Reads a response that is asked for as the API would. */
export async function judgeResponse(body: Body): Promise<AcceptedCall | Refusal> {
  const { model, tools, tool_choice: choice, store = true } = body
  const driver = drivers.find((one) => one === model)
  if (driver === undefined) return invalid(`The model '${String(model)}' does not exist.`, 'model')
  const unknown = unknownIn(body, parameters) ?? counted(body)
  if (unknown !== undefined) return unknown
  if (typeof store !== 'boolean') return invalid("Invalid 'store': expected a boolean.", 'store')
  const [tool, ...others]: readonly unknown[] = Array.isArray(tools) ? tools : []
  if (!isRecord(tool) || others.length > 0) return invalid('Expected one tool.', 'tools')
  if (!isRecord(choice) || choice['type'] !== tool['type'])
    return invalid('Tool choice not found in tools.', 'tool_choice')
  const message = messageIn(body['input'])
  if ('error' in message) return message
  const judged = await judgeTool(tool, message)
  return 'error' in judged ? judged : { ...judged, driver }
}

function counted(body: Body): Refusal | undefined {
  const { max_output_tokens: tokens = 16, max_tool_calls: calls = 1 } = body
  if (typeof tokens !== 'number' || !Number.isInteger(tokens) || tokens < 16)
    return invalid("Invalid 'max_output_tokens': expected an integer from 16.", 'max_output_tokens')
  if (typeof calls !== 'number' || !Number.isInteger(calls) || calls < 1)
    return invalid("Invalid 'max_tool_calls': expected an integer from 1.", 'max_tool_calls')
  return undefined
}

interface Message {
  readonly prompt: string
  readonly uploads: readonly Upload[]
}

async function judgeTool(tool: Body, { prompt, uploads }: Message): Promise<Accepted | Refusal> {
  const { type, action = 'auto', input_image_mask: mask, ...picture } = tool
  // The tool makes one picture of the prompt that stands in the message.
  const stray = ['n', 'prompt', 'stream'].find((name) => name in picture)
  if (stray !== undefined)
    return invalid(`Unknown parameter: 'tools[0].${stray}'.`, 'tools', 'unknown_parameter')
  const masks = mask === undefined ? [] : [uploadOf('mask', mask)]
  const files = [...uploads, ...masks.filter((one) => one !== undefined)]
  if (masks.includes(undefined)) return invalid("Invalid 'input_image_mask'.", 'tools')
  const refusal =
    listed('tools[0].type', type, ['image_generation']) ??
    listed('tools[0].action', action, ['generate', 'edit', 'auto']) ??
    (action === 'generate' && files.length > 0
      ? invalid('Unexpected picture.', 'input')
      : undefined) ??
    (action === 'edit' || files.length > 0 ? await judgeUploads(files, 16) : undefined)
  const judged = refusal ?? judge({ ...picture, prompt })
  return 'error' in judged ? judged : { ...judged, images: await pixelsOf(uploads) }
}

function messageIn(input: unknown): Message | Refusal {
  if (typeof input === 'string') return { prompt: input, uploads: [] }
  const [message, ...others]: readonly unknown[] = Array.isArray(input) ? input : []
  const content = isRecord(message) ? message['content'] : undefined
  if (!Array.isArray(content) || others.length > 0) return invalid("Invalid 'input'.", 'input')
  const parts: readonly unknown[] = content
  const records = parts.filter(isRecord)
  const texts = records.filter(({ type }) => type === 'input_text')
  const uploads = records.flatMap((part) =>
    part['type'] === 'input_image' ? (uploadOf('image', part) ?? []) : [],
  )
  if (texts.length !== 1 || texts.length + uploads.length !== parts.length)
    return invalid("Invalid 'input[0].content'.", 'input')
  return { prompt: String(texts[0]?.['text']), uploads }
}

/** The picture of a data URL. */
function uploadOf(field: string, holder: unknown): Upload | undefined {
  const url = isRecord(holder) ? holder['image_url'] : undefined
  const [, type, data = ''] =
    /^data:(image\/[a-z]+);base64,([A-Za-z0-9+/]+=*)$/.exec(String(url)) ?? []
  if (type === undefined) return undefined
  return { field, name: field, type, bytes: Buffer.from(data, 'base64') }
}

function isRecord(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
