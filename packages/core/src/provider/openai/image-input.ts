import type { GenerateInput } from '../../ports.ts'
import type { TokenCount } from './tokens.ts'

/**
 * Nobody publishes how many tokens a picture that goes along with a request is read with. Third parties saw 256 and 352,
 * and about 1,500 for 1024x1024 pixels on a model that always looks closely: that much is expected. Text models of the
 * vendor were seen to read in proportion to the pixels. So the worst is what that comes to for 3840x2160, the largest
 * picture that a model makes and a variation is based on. A larger file may pass it, as a request does not tell its size;
 * its settlement is then recorded as an overrun, which stops the queue.
 */
const tokensOfPicture: TokenCount = {
  expected: 1500,
  worst: Math.ceil((1500 * 3840 * 2160) / (1024 * 1024)),
}

/** Tokens of all pictures that go along with a request; a mask counts as one. */
export function imageInputTokens({ basedOn, references = [], mask }: GenerateInput): TokenCount {
  const pictures =
    references.length + (basedOn === undefined ? 0 : 1) + (mask === undefined ? 0 : 1)
  return {
    expected: pictures * tokensOfPicture.expected,
    worst: pictures * tokensOfPicture.worst,
  }
}
