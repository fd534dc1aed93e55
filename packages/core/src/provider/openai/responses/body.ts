import type OpenAI from 'openai'

import type { GenerateInput, InputImages } from '../../../ports.ts'
import { formatSize } from '../../../size-rule.ts'
import { maxOutputTokens } from './driver-price.ts'
import { dataUrlOf } from '../data-url.ts'
import { strangeIn } from '../request.ts'
import { backgrounds, complexities, moderations, qualities } from '../vocabulary.ts'

type Params = OpenAI.Responses.ResponseCreateParamsNonStreaming
type Tool = OpenAI.Responses.Tool.ImageGeneration

/**
 * The body of `POST /responses` that makes a text model call for one picture, and for nothing else.
 * Answers nothing where a value is none that the tool knows; it is never left out silently.
 */
export function responseBody(
  input: GenerateInput,
  images: InputImages | undefined,
  driver: string,
): Params | undefined {
  const tool = toolOf(input, images)
  if (tool === undefined) return undefined
  return {
    model: driver,
    input: images === undefined ? input.prompt : [messageOf(input.prompt, images)],
    tools: [tool],
    tool_choice: { type: 'image_generation' },
    max_tool_calls: 1,
    max_output_tokens: maxOutputTokens(input.prompt),
    store: false,
  }
}

function toolOf(input: GenerateInput, images: InputImages | undefined): Tool | undefined {
  if (strangeIn(input) !== undefined || input.seed !== undefined) return undefined
  const quality = qualities.find((one) => one === input.quality)
  const background = backgrounds.find((one) => one === input.background)
  const moderation = moderations.find((one) => one === input.moderation)
  const complexity = complexities.find((one) => one === input.complexity)
  const mask = images?.mask
  return {
    type: 'image_generation',
    action: images === undefined ? 'generate' : 'edit',
    model: input.model,
    size: formatSize(input.size),
    ...formatOf(input),
    ...(quality === undefined ? {} : { quality }),
    ...(background === undefined ? {} : { background }),
    ...(moderation === undefined ? {} : { moderation }),
    ...(complexity === undefined ? {} : { complexity }),
    ...(mask === undefined ? {} : { input_image_mask: { image_url: dataUrlOf(mask) } }),
  }
}

function formatOf({ frames, vector }: GenerateInput): Pick<Tool, 'output_format' | 'frame_count'> {
  if (frames !== undefined) return { output_format: 'gif', frame_count: frames }
  return { output_format: vector === undefined ? 'png' : 'svg' }
}

function messageOf(prompt: string, { images }: InputImages): OpenAI.Responses.EasyInputMessage {
  return {
    role: 'user',
    content: [
      { type: 'input_text', text: prompt },
      ...images.map(
        (image) => ({ type: 'input_image', detail: 'auto', image_url: dataUrlOf(image) }) as const,
      ),
    ],
  }
}
