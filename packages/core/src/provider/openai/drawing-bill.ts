import { z } from 'zod'

import { formatOf } from '../../picture-format.ts'
import { driverOf } from './drivers.ts'

const count = z.int().min(0)
const shape = z.object({
  model: z.string(),
  input_tokens: count,
  output_tokens: count,
  total_tokens: count,
})

/**
 * What the text model that wrote a vector drawing (SVG) cost on top of it in micro-dollars, rounded up, by the
 * `svg_usage` of a reply; none for a picture of pixels without one. Answers nothing where a drawing has none, where it is
 * malformed, and where the price of its author is unknown. Whether the tokens of its reasoning are among those of its
 * output follows from the total.
 */
export function authorBill(reported: unknown, bytes: Uint8Array | undefined): number | undefined {
  if (reported === undefined || reported === null) {
    const isDrawing = bytes !== undefined && formatOf(bytes) === undefined
    return isDrawing ? undefined : 0
  }
  const { data } = shape.safeParse(reported)
  const author = data && driverOf(data.model)
  if (data === undefined || author === undefined) return undefined
  const written = data.total_tokens - data.input_tokens
  if (written < data.output_tokens) return undefined
  return Math.ceil(data.input_tokens * author.input + written * author.output)
}
