/** DALL·E on servers that still have it, as strict as OpenAI was. */

import { invalid, listed, type Refusal } from './refusal.ts'
import { judgePrompt, unknownIn, type Accepted } from './rules.ts'
import { pixelsOf } from './sizes.ts'

type Body = Readonly<Record<string, unknown>>

const squares = ['256x256', '512x512', '1024x1024'] as const
const wide = ['1024x1024', '1792x1024', '1024x1792'] as const
const common = ['model', 'n', 'prompt', 'response_format', 'size', 'user'] as const

export function isDallE({ model }: Body): boolean {
  return model === 'dall-e-2' || model === 'dall-e-3'
}

/** Reads the fields of a generation. */
export function judgeDallE(body: Body): Accepted | Refusal {
  const isThree = body['model'] === 'dall-e-3'
  const { prompt, size = '1024x1024', quality = 'standard', style = 'vivid', n = 1 } = body
  return (
    unknownIn(body, [...common, 'quality', ...(isThree ? ['style'] : [])]) ??
    judgePrompt(prompt, isThree ? 4000 : 1000) ??
    listed('size', size, isThree ? wide : squares) ??
    listed('quality', quality, isThree ? ['standard', 'hd'] : ['standard']) ??
    listed('style', style, ['vivid', 'natural']) ??
    (isThree && n !== 1 ? invalid("Invalid 'n': expected 1.", 'n') : accepted(body))
  )
}

/** Reads the fields of an edit or a variation, both of which DALL·E 2 alone knows. */
export function judgeDallE2Edit(body: Body, isVariation: boolean): Accepted | Refusal {
  const { prompt, size = '1024x1024', model = 'dall-e-2' } = body
  return (
    listed('model', model, ['dall-e-2']) ??
    unknownIn(body, isVariation ? common.filter((name) => name !== 'prompt') : common) ??
    (isVariation ? undefined : judgePrompt(prompt, 1000)) ??
    listed('size', size, squares) ??
    accepted({ ...body, model })
  )
}

function accepted(body: Body): Accepted | Refusal {
  const { model, prompt = '', size = '1024x1024', quality = 'standard', response_format } = body
  const refusal = listed('response_format', response_format ?? 'url', ['url', 'b64_json'])
  if (refusal !== undefined) return refusal
  return {
    model: String(model),
    prompt: String(prompt),
    n: Number(body['n'] ?? 1),
    quality: String(quality),
    background: 'opaque',
    format: 'png',
    isLinked: response_format !== 'b64_json',
    ...(pixelsOf(String(size)) ?? { width: 1024, height: 1024 }),
  }
}
