import { z } from 'zod'

import type { Usage } from '../../ports.ts'

export type { Usage } from '../../ports.ts'

const count = z.int().min(0)
const shape = z.object({
  input_tokens: count,
  input_tokens_details: z.object({ image_tokens: count }).optional(),
  output_tokens: count,
  output_tokens_details: z.object({ text_tokens: count }).optional(),
})

/**
 * Reads the `usage` of a reply; nothing where it is malformed. Input that is not told apart counts as
 * text, output as image: a generation takes text and draws.
 */
export function parseUsage(reported: unknown): Usage | undefined {
  const { success, data } = shape.safeParse(reported)
  if (!success) return undefined
  const imageInput = data.input_tokens_details?.image_tokens ?? 0
  const textOutput = data.output_tokens_details?.text_tokens ?? 0
  if (imageInput > data.input_tokens || textOutput > data.output_tokens) return undefined
  return {
    textInput: data.input_tokens - imageInput,
    imageInput,
    textOutput,
    imageOutput: data.output_tokens - textOutput,
  }
}
