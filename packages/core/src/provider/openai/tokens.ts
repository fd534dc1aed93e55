import type { Size } from '../../ports.ts'
import { formatSize } from '../../size-rule.ts'

/** How many output tokens a model draws an image with. */
export type TokenRule =
  | { readonly kind: 'formula'; readonly factors: ReadonlyMap<string, number> }
  /** By quality, then by size such as `1024x1024`. */
  | { readonly kind: 'table'; readonly tokens: ReadonlyMap<string, ReadonlyMap<string, number>> }

export interface TokenCount {
  readonly expected: number
  readonly worst: number
}

/** Output tokens of one image; nothing where the rule does not know the quality or the size. */
export function outputTokens(rule: TokenRule, quality: string, size: Size): TokenCount | undefined {
  switch (rule.kind) {
    case 'formula': {
      const factor = rule.factors.get(quality)
      return factor === undefined ? undefined : drawnTokens(factor, size)
    }
    case 'table': {
      const listed = rule.tokens.get(quality)?.get(formatSize(size))
      return listed === undefined ? undefined : { expected: listed, worst: listed }
    }
  }
}

/** The formula of the token calculator in OpenAI's image generation guide. */
function drawnTokens(factor: number, { width, height }: Size): TokenCount {
  const long = Math.max(width, height)
  const short = Math.min(width, height)
  const tokensOf = (side: number): number =>
    Math.ceil((factor * side * (2_000_000 + width * height)) / 4_000_000)
  return {
    expected: tokensOf(roundHalfToEven(factor / (long / short))),
    // Two divisions miss some halves by the last bit; one meets them all, and takes them upwards.
    worst: tokensOf(Math.round((factor * short) / long)),
  }
}

/** `Math.round` takes a half upwards; the calculator takes it to the even neighbour. */
function roundHalfToEven(value: number): number {
  const below = Math.floor(value)
  const isTie = value - below === 0.5
  return isTie && below % 2 === 0 ? below : Math.round(value)
}
