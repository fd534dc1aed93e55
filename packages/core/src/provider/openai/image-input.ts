import type { GenerateInput, Size } from '../../ports.ts'
import type { TokenCount } from './tokens.ts'

/**
 * Nobody publishes how many tokens a picture that goes along with a request is read with. Third parties saw bills of
 * gpt-image-2 grow by 1,536 for each picture of 1024x1024 pixels, and in proportion to the pixels, without a bound.
 */
const tokensPerPixel = 1536 / (1024 * 1024)

/**
 * The largest picture that a model makes and a variation is based on. A larger file may pass it, as a request does not
 * tell its size; its settlement is then recorded as an overrun, which stops the queue.
 */
const largest: Size = { width: 3840, height: 2160 }

/**
 * Tokens of all pictures that go along with a request; a mask counts as one. Each is expected to be as large as the one
 * that is asked for.
 */
export function imageInputTokens(input: GenerateInput): TokenCount {
  const { basedOn, references = [], mask, size } = input
  const pictures =
    references.length + (basedOn === undefined ? 0 : 1) + (mask === undefined ? 0 : 1)
  return { expected: pictures * tokensOf(size), worst: pictures * tokensOf(largest) }
}

function tokensOf({ width, height }: Size): number {
  return Math.ceil(tokensPerPixel * width * height)
}
