import type OpenAI from 'openai'

import type { GenerateInput } from '../../ports.ts'

type Params = OpenAI.Images.ImageGenerateParamsNonStreaming

const qualities = ['low', 'medium', 'high', 'xhigh', 'max', 'auto', 'standard', 'hd'] as const
const backgrounds = ['transparent', 'opaque', 'auto'] as const
const moderations = ['low', 'auto'] as const

/**
 * The body of `POST /images/generations`: one PNG, every parameter as asked, none that was not asked
 * for. Answers nothing where a value is none that the API knows; it is never left out silently.
 */
export function requestBody(input: GenerateInput): Params | undefined {
  const quality = qualities.find((one) => one === input.quality)
  const background = backgrounds.find((one) => one === input.background)
  const moderation = moderations.find((one) => one === input.moderation)
  if (quality !== input.quality) return undefined
  if (background !== input.background || moderation !== input.moderation) return undefined
  return {
    model: input.model,
    prompt: input.prompt,
    size: `${input.size.width}x${input.size.height}`,
    n: 1,
    output_format: 'png',
    ...(quality === undefined ? {} : { quality }),
    ...(background === undefined ? {} : { background }),
    ...(moderation === undefined ? {} : { moderation }),
  }
}
