import type OpenAI from 'openai'

import type { GenerateInput } from '../../ports.ts'
import { formatSize } from '../../size-rule.ts'
import { dialectOf, type Parameter, parameters, type Server } from './dialect.ts'
import { backgrounds, complexities, moderations, qualities } from './vocabulary.ts'

type Params = OpenAI.Images.ImageGenerateParamsNonStreaming

/** Parameters that generations and edits have in common. */
type Shared = Pick<
  OpenAI.Images.ImageEditParamsNonStreaming & Params,
  'background' | 'complexity' | 'frame_count' | 'output_format' | 'response_format'
> & {
  readonly model: string
  readonly prompt: string
  readonly size: string
  readonly n: 1
  /** Of compatible servers; the SDK types none. */
  readonly seed?: number
}

const dallE3Qualities = ['standard', 'hd'] as const
const dallE2Qualities = ['standard'] as const
const styles = ['vivid', 'natural'] as const

/**
 * The body of `POST /images/generations`: one picture, every parameter as asked, none that was not
 * asked for. Answers nothing where a value is none that the server knows; it is never left out
 * silently.
 */
export function requestBody(input: GenerateInput, server: Server = 'openai'): Params | undefined {
  const shared = sharedOf(input, server)
  if (shared === undefined) return undefined
  const quality = qualityOf(input)
  const moderation = moderations.find((one) => one === input.moderation)
  const style = styles.find((one) => one === input.rendering)
  return {
    ...shared,
    ...(quality === undefined ? {} : { quality }),
    ...(moderation === undefined ? {} : { moderation }),
    ...(style === undefined ? {} : { style }),
  }
}

/** What generations and edits share; nothing where a value is none that model and server know. */
export function sharedOf(input: GenerateInput, server: Server): Shared | undefined {
  if (strangeIn(input, server) !== undefined) return undefined
  const background = backgrounds.find((one) => one === input.background)
  const complexity = complexities.find((one) => one === input.complexity)
  const { responseFormat, outputFormat } = dialectOf(server)
  const isGpt = isGptImage(input.model)
  const isEncoded = responseFormat === 'always' || (responseFormat === 'not-gpt-image' && !isGpt)
  const hasFormat = outputFormat === 'always' || (outputFormat === 'gpt-image' && isGpt)
  return {
    model: input.model,
    prompt: input.prompt,
    size: formatSize(input.size),
    n: 1,
    ...(isEncoded ? { response_format: 'b64_json' } : {}),
    ...(hasFormat ? { output_format: formatOf(input) } : {}),
    ...(background === undefined ? {} : { background }),
    ...(complexity === undefined ? {} : { complexity }),
    ...(input.frames === undefined ? {} : { frame_count: input.frames }),
    ...(input.seed === undefined ? {} : { seed: input.seed }),
  }
}

/**
 * The first value that a model's API knows nothing of, in words such as `` `gpt-image-2` takes no `quality` of `hd` ``;
 * nothing where it knows all of them.
 */
export function strangeIn(input: GenerateInput, server: Server = 'openai'): string | undefined {
  const name =
    parameters.find((one) => input[one] !== undefined && isForeign(one, input.model, server)) ??
    (
      [
        ['quality', qualityOf(input)],
        ['background', backgrounds.find((one) => one === input.background)],
        ['moderation', moderations.find((one) => one === input.moderation)],
        ['complexity', complexities.find((one) => one === input.complexity)],
        ['rendering', styles.find((one) => one === input.rendering)],
      ] as const
    ).find(([one, known]) => input[one] !== known)?.[0]
  return name && `\`${input.model}\` takes no \`${name}\` of \`${input[name]}\``
}

/** Whether the API refuses the parameters of DALL·E and answers base64 alone. */
export function isGptImage(model: string): boolean {
  return /^(?:chat)?gpt-image-/.test(model)
}

function qualityOf({ model, quality }: GenerateInput): Params['quality'] {
  if (model === 'dall-e-3') return dallE3Qualities.find((one) => one === quality)
  if (model === 'dall-e-2') return dallE2Qualities.find((one) => one === quality)
  return qualities.find((one) => one === quality)
}

/** Whether the server or the model has no parameter for what is asked. */
function isForeign(name: Parameter, model: string, server: Server): boolean {
  if (!dialectOf(server).parameters.includes(name)) return true
  if (name === 'seed' && isGptImage(model)) return true
  if (name === 'rendering') return model !== 'dall-e-3'
  return model.startsWith('dall-e-') && name !== 'quality'
}

function formatOf({ frames, vector }: GenerateInput): 'png' | 'gif' | 'svg' {
  if (vector === true) return 'svg'
  return frames === undefined ? 'png' : 'gif'
}
