import { z } from 'zod'

const text = z.string().optional().catch(undefined)
const moderation = z.object({ moderation_stage: text }).optional().catch(undefined)
const fault = z
  .object({ code: text, message: text, type: text, moderation_details: moderation })
  .optional()
  .catch(undefined)

const call = z.object({
  type: z.literal('image_generation_call'),
  status: text,
  result: text,
  revised_prompt: text,
  size: text,
  quality: text,
  background: text,
  error: fault,
  svg_usage: z.unknown().optional(),
})

const message = z.object({
  type: z.literal('message'),
  content: z.array(z.object({ text, refusal: text })).catch([]),
})

const shape = z.object({
  status: text,
  error: fault,
  incomplete_details: z.object({ reason: text }).optional().catch(undefined),
  output: z.array(z.unknown()),
  usage: z.unknown().optional(),
  tool_usage: z.object({ image_gen: z.unknown().optional() }).optional().catch(undefined),
})

/** A call for a picture, as a response tells of it. */
export interface Call {
  readonly status?: string | undefined
  /** The picture in base64. */
  readonly result?: string | undefined
  readonly revised_prompt?: string | undefined
  readonly size?: string | undefined
  readonly quality?: string | undefined
  readonly background?: string | undefined
  readonly error?: Fault | undefined
  readonly svg_usage?: unknown
}

/** What of a response matters here. */
export interface Reading {
  readonly status: string | undefined
  readonly error: Fault | undefined
  /** Why it ended early. */
  readonly reason: string | undefined
  readonly calls: readonly Call[]
  /** What the driver said in words. */
  readonly words: string
  readonly usage: unknown
  /** Tokens of the pictures; absent where the response tells none. */
  readonly imageUsage: unknown
}

/** An error inside a 200. */
export interface Fault {
  readonly code?: string | undefined
  readonly message?: string | undefined
  readonly type?: string | undefined
  /** Where moderation blocked it: at the `input`, the `output` or somewhere. */
  readonly moderation_details?: { readonly moderation_stage?: string | undefined } | undefined
}

/** Reads the body of a 200; nothing where it is no response. */
export function readingOf(reply: unknown): Reading | undefined {
  const { data } = shape.safeParse(reply)
  if (data === undefined) return undefined
  return {
    status: data.status,
    error: data.error,
    reason: data.incomplete_details?.reason,
    calls: data.output.flatMap((item) => call.safeParse(item).data ?? []),
    words: data.output
      .flatMap((item) => message.safeParse(item).data ?? [])
      .flatMap(({ content }) => content.map((part) => part.text ?? part.refusal ?? ''))
      .join(' '),
    usage: data.usage,
    imageUsage: data.tool_usage?.image_gen,
  }
}
