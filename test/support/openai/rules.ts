/** What the Images API refuses, in its words. Parameters that nothing here sends are refused, too. */

import type { Order } from './bill.ts'
import { invalid, listed, type Refusal } from './refusal.ts'
import { freeSize, presetSize, sheetOf } from './sizes.ts'

export type { Refusal } from './refusal.ts'

/** A request that the API would carry out. */
export interface Accepted extends Order {
  readonly background: string
  readonly format: (typeof formats)[number]
  readonly isStreamed?: boolean
  /** Whether addresses are answered in place of bytes. */
  readonly isLinked?: boolean
}

const formats = ['png', 'jpeg', 'webp', 'gif', 'svg'] as const

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

const common = ['model', 'n', 'prompt', 'quality', 'size'] as const
const gptImage = [
  ...common,
  'background',
  'output_compression',
  'output_format',
  'partial_images',
  'safety_identifier',
  'stream',
] as const
const animated = ['complexity', 'frame_count', 'frame_duration_ms', 'svg'] as const

type Endpoint = 'generations' | 'edits'

function parametersOf(family: (typeof served)[string], endpoint: Endpoint): readonly string[] {
  const own = endpoint === 'generations' ? ['moderation'] : []
  switch (family) {
    case 'fixed':
      return [...gptImage, ...own, ...(endpoint === 'edits' ? ['input_fidelity'] : [])]
    case '2':
    case '2.5':
      return [...gptImage, ...own]
    case '2.6':
      return [...gptImage, ...own, ...animated]
  }
}

/** Reads the fields of a generation or an edit as the API would. */
export function judge(body: Body, endpoint: Endpoint = 'generations'): Accepted | Refusal {
  const { model, prompt, n = 1, size = 'auto', quality = 'auto', background = 'auto' } = body
  const family = typeof model === 'string' ? served[model] : undefined
  if (typeof model !== 'string' || family === undefined) {
    return invalid(`The model '${String(model)}' does not exist.`, 'model')
  }
  const refused = unknownIn(body, parametersOf(family, endpoint)) ?? judgePrompt(prompt, 32_000)
  if (refused !== undefined) return refused
  if (!isCount(n, 1, 10)) return invalid(`Invalid 'n': expected an integer from 1 to 10.`, 'n')
  const pixels = family === 'fixed' ? presetSize(size) : freeSize(size, sheetOf(body))
  if ('error' in pixels) return pixels
  const qualities = ['low', 'medium', 'high', 'auto']
  if (family === '2.5' || family === '2.6') qualities.push('xhigh', 'max')
  const { moderation = 'auto', output_format: format = 'png', complexity = 'high' } = body
  const refusal =
    listed('quality', quality, qualities) ??
    listed('background', background, ['transparent', 'opaque', 'auto']) ??
    listed('moderation', moderation, ['low', 'auto']) ??
    listed('complexity', complexity, ['low', 'medium', 'high']) ??
    listed('output_format', format, family === '2.6' ? formats : formats.slice(0, 3)) ??
    mismatched(body) ??
    judgeFidelity(body) ??
    judgeMotion(body, n)
  if (refusal !== undefined) return refusal
  return {
    model,
    prompt: String(prompt),
    n,
    ...pixels,
    quality: quality === 'auto' ? 'high' : String(quality),
    background: String(background),
    format: formats.find((one) => one === format) ?? 'png',
    isStreamed: body['stream'] === true,
    partials: body['stream'] === true ? Number(body['partial_images'] ?? 0) : 0,
    ...(format === 'gif' ? { frames: Number(body['frame_count'] ?? 9) } : {}),
    isVector: format === 'svg',
  }
}

export function unknownIn(body: Body, parameters: readonly string[]): Refusal | undefined {
  const unknown = Object.keys(body).find((name) => !parameters.includes(name))
  if (unknown === undefined) return undefined
  return invalid(`Unknown parameter: '${unknown}'.`, unknown, 'unknown_parameter')
}

export function judgePrompt(prompt: unknown, most: number): Refusal | undefined {
  if (typeof prompt !== 'string' || prompt === '') {
    return invalid("Missing required parameter: 'prompt'.", 'prompt', 'missing_required_parameter')
  }
  if (Array.from(prompt).length <= most) return undefined
  const message = `Invalid 'prompt': string too long. Expected a string with maximum length ${most}.`
  return invalid(message, 'prompt', 'string_above_max_length')
}

function isCount(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
}

function judgeFidelity({ model, input_fidelity: fidelity }: Body): Refusal | undefined {
  if (fidelity === undefined) return undefined
  return listed(
    'input_fidelity',
    fidelity,
    model === 'gpt-image-1-mini' ? ['low'] : ['low', 'high'],
  )
}

/** Animations, drawings and streams. */
function judgeMotion(body: Body, n: number): Refusal | undefined {
  const { output_format: format, frame_count: frames, stream, partial_images: partials } = body
  if (frames !== undefined && (format !== 'gif' || !isCount(frames, 2, 16))) {
    return invalid("Invalid 'frame_count': expected 2 to 16 frames of a GIF.", 'frame_count')
  }
  if (stream !== undefined && typeof stream !== 'boolean') {
    return invalid("Invalid 'stream': expected a boolean.", 'stream')
  }
  if (partials !== undefined && (stream !== true || !isCount(partials, 0, 3))) {
    return invalid("Invalid 'partial_images': expected 0 to 3 of a stream.", 'partial_images')
  }
  if (format !== 'gif' && format !== 'svg') return undefined
  if (stream === true) return invalid(`Streaming is not supported for ${format}.`, 'stream')
  return format === 'svg' && n > 1 ? invalid("Invalid 'n': an SVG comes alone.", 'n') : undefined
}

function mismatched(body: Body): Refusal | undefined {
  const { background, output_format: format = 'png', output_compression: compression } = body
  if (background === 'transparent' && format !== 'png' && format !== 'webp') {
    return invalid('Transparent background needs the output format png or webp.', 'background')
  }
  if (compression !== undefined && format !== 'jpeg' && format !== 'webp') {
    return invalid('Compression is supported for JPEG and WebP alone.', 'output_compression')
  }
  return undefined
}
