import type { GenerateInput } from '../../ports.ts'
import type { TokenCount } from './tokens.ts'

/**
 * Nobody publishes how many tokens a picture that goes along with a request is read with. Third parties
 * saw 256 and 352, and about 1,500 for 1024 pixels of edge on a model that always looks closely: that
 * much is expected. Four times as many are the worst, as for twice the edge. A larger picture may pass
 * it; its settlement is then recorded as an overrun, which stops the queue.
 */
const tokensOfPicture: TokenCount = { expected: 1500, worst: 6000 }

/** Tokens of all pictures that go along with a request; a mask counts as one. */
export function imageInputTokens({ basedOn, references = [], mask }: GenerateInput): TokenCount {
  const pictures =
    references.length + (basedOn === undefined ? 0 : 1) + (mask === undefined ? 0 : 1)
  return {
    expected: pictures * tokensOfPicture.expected,
    worst: pictures * tokensOfPicture.worst,
  }
}
