import { z } from 'zod'

import type { Usage } from '../../ports.ts'

export type { Usage } from '../../ports.ts'

const count = z.int().min(0)
const parts = z.object({ text_tokens: count.nullish(), image_tokens: count.nullish() }).nullish()
const shape = z.object({
  input_tokens: count,
  input_tokens_details: parts,
  output_tokens: count,
  output_tokens_details: parts,
})

/** Tokens of the input that were cached. */
export interface CachedInput {
  readonly text: number
  readonly image: number
}

const cache = z.object({
  cached_tokens_details: z.object({ cached_text_tokens: count, cached_image_tokens: count }),
})

/** Reads what a usage tells to have been cached; nothing where it does not tell it apart. */
export function parseCachedInput(reported: unknown): CachedInput | undefined {
  const told = cache.safeParse(reported).data?.cached_tokens_details
  return told && { text: told.cached_text_tokens, image: told.cached_image_tokens }
}

/**
 * Reads the `usage` of a reply; nothing where it is malformed. What is not told apart counts as what is dearer: output as
 * image, and input as image where pictures went along, else as text.
 */
export function parseUsage(reported: unknown, hasPictures: boolean): Usage | undefined {
  const { data } = shape.safeParse(reported)
  if (data === undefined) return undefined
  const { input_tokens_details: ofInput, output_tokens_details: ofOutput } = data
  const imageInput = imagePart(data.input_tokens, ofInput, hasPictures)
  const imageOutput = imagePart(data.output_tokens, ofOutput, true)
  if (imageInput === undefined || imageOutput === undefined) return undefined
  return {
    textInput: data.input_tokens - imageInput,
    imageInput,
    textOutput: data.output_tokens - imageOutput,
    imageOutput,
  }
}

/** The tokens of a sum that stand for images; nothing where its parts are more than it is. */
function imagePart(
  sum: number,
  told: z.infer<typeof parts>,
  isImageUntold: boolean,
): number | undefined {
  const text = told?.text_tokens ?? undefined
  const image = told?.image_tokens ?? undefined
  if ((text ?? 0) + (image ?? 0) > sum) return undefined
  // What a part leaves of the sum is told by nothing else.
  if (text !== undefined && isImageUntold) return sum - text
  return image ?? (isImageUntold ? sum : 0)
}
