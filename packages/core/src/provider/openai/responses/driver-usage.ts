import { z } from 'zod'

/** Tokens of the text model that called for a picture. */
export interface DriverUsage {
  readonly input: number
  /** Part of `input`. */
  readonly cachedInput: number
  readonly output: number
}

const count = z.int().min(0)
const shape = z.object({
  input_tokens: count,
  input_tokens_details: z.object({ cached_tokens: count.optional() }).optional(),
  output_tokens: count,
})

/** Reads the `usage` of a response; nothing where it is missing or malformed. */
export function parseDriverUsage(reported: unknown): DriverUsage | undefined {
  const { data } = shape.safeParse(reported)
  if (data === undefined) return undefined
  const cachedInput = data.input_tokens_details?.cached_tokens ?? 0
  if (cachedInput > data.input_tokens) return undefined
  return { input: data.input_tokens, cachedInput, output: data.output_tokens }
}
