/** What the Images API refuses, in its words. Parameters that nothing here sends are refused, too. */

import type { Order } from './bill.ts'

export interface Refusal {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly error: {
    readonly message: string
    readonly type: string
    readonly param?: string | null
    readonly code?: string | null
  }
}

/** A request that the API would carry out. */
export interface Accepted extends Order {
  readonly background: string
  readonly format: 'png' | 'jpeg' | 'webp'
}

type Body = Readonly<Record<string, unknown>>

const served: Readonly<Record<string, 'fixed' | '2' | '2.5' | '2.6'>> = {
  'gpt-image-1-mini': 'fixed',
  'gpt-image-1.5': 'fixed',
  'gpt-image-1.5-2025-12-16': 'fixed',
  'chatgpt-image-latest': 'fixed',
  'gpt-image-2': '2',
  'gpt-image-2-2026-04-21': '2',
  'gpt-image-2.5-flare': '2.5',
  'gpt-image-2.5-flare-2026-09-08': '2.5',
  'gpt-image-2.5-sunburst': '2.5',
  'gpt-image-2.5-sunburst-2026-09-08': '2.5',
  'gpt-image-2.6-flare': '2.6',
  'gpt-image-2.6-sunburst': '2.6',
}

const parameters: ReadonlySet<string> = new Set([
  'background',
  'model',
  'moderation',
  'n',
  'output_compression',
  'output_format',
  'prompt',
  'quality',
  'safety_identifier',
  'size',
])

const presets: readonly string[] = ['1024x1024', '1024x1536', '1536x1024', 'auto']

/** Reads the JSON body of a generation as the API would. */
export function judge(body: Body): Accepted | Refusal {
  const unknown = Object.keys(body).find((name) => !parameters.has(name))
  if (unknown !== undefined) {
    return invalid(`Unknown parameter: '${unknown}'.`, unknown, 'unknown_parameter')
  }
  const { model, prompt, n = 1, size = 'auto', quality = 'auto', background = 'auto' } = body
  const family = typeof model === 'string' ? served[model] : undefined
  if (typeof model !== 'string' || family === undefined) {
    return invalid(`The model '${String(model)}' does not exist.`, 'model')
  }
  if (typeof prompt !== 'string' || prompt === '') {
    return invalid("Missing required parameter: 'prompt'.", 'prompt', 'missing_required_parameter')
  }
  if (Array.from(prompt).length > 32_000) {
    const message = `Invalid 'prompt': string too long. Expected a string with maximum length 32000.`
    return invalid(message, 'prompt', 'string_above_max_length')
  }
  if (typeof n !== 'number' || !Number.isInteger(n) || n < 1 || n > 10) {
    return invalid(`Invalid 'n': expected an integer from 1 to 10.`, 'n')
  }
  const pixels = family === 'fixed' ? presetSize(size) : freeSize(size)
  if ('error' in pixels) return pixels
  const qualities = ['low', 'medium', 'high', 'auto']
  if (family === '2.5' || family === '2.6') qualities.push('xhigh', 'max')
  const { moderation = 'auto', output_format: format = 'png' } = body
  const refusal =
    listed('quality', quality, qualities) ??
    listed('background', background, ['transparent', 'opaque', 'auto']) ??
    listed('moderation', moderation, ['low', 'auto']) ??
    listed('output_format', format, ['png', 'jpeg', 'webp']) ??
    mismatched(body)
  if (refusal !== undefined) return refusal
  return {
    model,
    prompt,
    n,
    ...pixels,
    quality: quality === 'auto' ? 'high' : String(quality),
    background: String(background),
    format: format === 'jpeg' || format === 'webp' ? format : 'png',
  }
}

function mismatched(body: Body): Refusal | undefined {
  const { background, output_format: format = 'png', output_compression: compression } = body
  if (background === 'transparent' && format === 'jpeg') {
    return invalid('Transparent background is not supported for JPEG output format.', 'background')
  }
  if (compression !== undefined && format === 'png') {
    return invalid('Compression less than 100 is not supported for PNG.', 'output_compression')
  }
  return undefined
}

function listed(name: string, value: unknown, known: readonly string[]): Refusal | undefined {
  if (typeof value === 'string' && known.includes(value)) return undefined
  return invalid(`Invalid value: '${String(value)}'. Supported values are: ${quoted(known)}.`, name)
}

type Pixels = { readonly width: number; readonly height: number }

function presetSize(size: unknown): Pixels | Refusal {
  if (typeof size !== 'string' || !presets.includes(size)) {
    return badSize(`Invalid value: '${String(size)}'. Supported values are: ${quoted(presets)}.`)
  }
  return pixelsOf(size) ?? { width: 1024, height: 1024 }
}

function freeSize(size: unknown): Pixels | Refusal {
  if (size === 'auto') return { width: 1024, height: 1024 }
  const pixels = pixelsOf(String(size))
  const bad = (rule: string): Refusal => badSize(`Invalid size '${String(size)}'. ${rule}`)
  if (pixels === undefined) return bad('Expected WIDTHxHEIGHT or auto.')
  const { width, height } = pixels
  const area = width * height
  if (width % 16 !== 0 || height % 16 !== 0) {
    return bad('Width and height must both be divisible by 16.')
  }
  if (Math.max(width, height) > 3840) return bad('The longest edge must be at most 3840.')
  if (Math.max(width, height) > 3 * Math.min(width, height)) {
    return bad('The aspect ratio must be at most 3:1.')
  }
  if (area < 655_360 || area > 8_294_400) {
    return bad('The image must have between 655360 and 8294400 pixels.')
  }
  return pixels
}

function pixelsOf(size: string): Pixels | undefined {
  const [, width, height] = /^([1-9]\d*)x([1-9]\d*)$/.exec(size) ?? []
  return width === undefined ? undefined : { width: Number(width), height: Number(height) }
}

function badSize(message: string): Refusal {
  const error = {
    message,
    type: 'image_generation_user_error',
    param: 'size',
    code: 'invalid_value',
  }
  return { status: 400, error }
}

function invalid(message: string, param: string, code = 'invalid_value'): Refusal {
  return { status: 400, error: { message, type: 'invalid_request_error', param, code } }
}

function quoted(values: readonly string[]): string {
  return values.map((value) => `'${value}'`).join(', ')
}
