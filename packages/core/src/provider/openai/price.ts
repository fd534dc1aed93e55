import type { Estimate, GenerateInput, Size } from '../../ports.ts'
import { formatSize } from '../../size-rule.ts'
import { imageInputTokens } from './image-input.ts'
import { soleQualityOf } from './models.ts'
import type { PriceRow } from './price-row.ts'
import {
  discountOf,
  ratesOf,
  servedTariffOf,
  tariffOf,
  type Tier,
  tokensOfPartialImage,
} from './tariff.ts'
import { outputTokens, type TokenCount } from './tokens.ts'

/** How a request is sent, as far as its price depends on that. */
export interface PriceTerms {
  /** @default 'standard' */
  readonly tier?: Tier
  /** Pictures in the making that are streamed along. @default 0 */
  readonly partialImages?: number
}

/**
 * Prices one image on OpenAI's own host, in integer micro-dollars. The picture's part is the published
 * one; of the prompt, a token for four UTF-8 bytes is expected and a token for each byte is the worst.
 * Pictures that go along make it `rough`. Answers nothing where the model has no published figure
 * (gpt-image-2.6, animations, vector drawings, retired and foreign models) and where the quality is
 * `auto` or left open, since the model then chooses its own among several.
 */
export function estimate(input: GenerateInput, terms: PriceTerms = {}): Estimate | undefined {
  return priced(servedTariffOf(input.model), input, terms)
}

/** Prices one image on a server that serves OpenAI's models at OpenAI's prices, retired ones included. */
export function estimateElsewhere(
  input: GenerateInput,
  terms: PriceTerms = {},
): Estimate | undefined {
  return priced(tariffOf(input.model), input, terms)
}

/** What one image of a model cost that OpenAI serves no longer; nothing for one that it serves. */
export function estimateRetired(input: GenerateInput): Estimate | undefined {
  return servedTariffOf(input.model) === undefined ? estimateElsewhere(input) : undefined
}

function priced(
  tariff: PriceRow | undefined,
  input: GenerateInput,
  { tier = 'standard', partialImages = 0 }: PriceTerms,
): Estimate | undefined {
  const isStill = input.frames === undefined && input.vector === undefined
  const quality = input.quality ?? soleQualityOf(input.model)
  if (tariff === undefined || quality === undefined || !isStill) return undefined
  const picture = picturePrice(tariff, tier, quality, input.size)
  if (picture === undefined) return undefined
  const rates = ratesOf(tariff, tier)
  const promptBytes = new TextEncoder().encode(input.prompt).byteLength
  const shown = imageInputTokens(input)
  const partials = partialImages * tokensOfPartialImage
  // What is paid by the picture has its words and references for nothing.
  const around = (textTokens: number, imageTokens: number): number =>
    rates === undefined
      ? 0
      : textTokens * rates.textInput + imageTokens * rates.imageInput + partials * rates.imageOutput
  return {
    microUsd: Math.ceil(picture.expected + around(Math.ceil(promptBytes / 4), shown.expected)),
    worstMicroUsd: Math.ceil(picture.worst + around(promptBytes, shown.worst)),
    basis: shown.worst === 0 || tariff.rates === undefined ? tariff.basis : 'rough',
    asOf: tariff.asOf,
    source: tariff.source,
  }
}

/** In micro-dollars. A listed price outranks the tokens; of a batch it is the worst, as it is listed for none. */
function picturePrice(
  tariff: PriceRow,
  tier: Tier,
  quality: string,
  size: Size,
): TokenCount | undefined {
  const price = tariff.listed?.get(quality)?.get(formatSize(size))
  if (price !== undefined) return { expected: price * discountOf(tariff, tier), worst: price }
  const rates = ratesOf(tariff, tier)
  const count = tariff.tokens && outputTokens(tariff.tokens, quality, size)
  return rates && times(count, rates.imageOutput)
}

function times(count: TokenCount | undefined, rate: number): TokenCount | undefined {
  return count === undefined
    ? undefined
    : { expected: count.expected * rate, worst: count.worst * rate }
}
