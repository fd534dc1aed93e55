import type { Estimate, GenerateInput, Size, Usage } from '../../ports.ts'
import { formatSize } from '../../size-rule.ts'
import { imageInputTokens } from './image-input.ts'
import { soleQualityOf } from './models.ts'
import type { PriceRow, Rates } from './price-row.ts'
import { servedTariffOf, tariffOf } from './tariff.ts'
import { outputTokens, type TokenCount } from './tokens.ts'

/** How a request is sent, as far as its price depends on that. */
export interface PriceTerms {
  /** @default 'standard' */
  readonly tier?: Tier
  /** Pictures in the making that are streamed along. @default 0 */
  readonly partialImages?: number
}

/** `batch` stands for the Batch API's rates, or the standard ones of a model that its table does not list. */
export type Tier = 'standard' | 'batch'

const tokensOfPartialImage = 100

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

/** The bill for a usage that OpenAI reports, in integer micro-dollars, rounded up. */
export function billed(model: string, usage: Usage, tier: Tier = 'standard'): number | undefined {
  const tariff = tariffOf(model)
  const rates = tariff === undefined ? undefined : ratesOf(tariff, tier)
  if (rates === undefined) return undefined
  return Math.ceil(
    usage.textInput * rates.textInput +
      usage.imageInput * rates.imageInput +
      usage.textOutput * rates.textOutput +
      usage.imageOutput * rates.imageOutput,
  )
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
  const rates = ratesOf(tariff, tier) ?? noRates
  const promptBytes = new TextEncoder().encode(input.prompt).byteLength
  const shown = imageInputTokens(input)
  const partials = partialImages * tokensOfPartialImage * rates.imageOutput
  const around = (textTokens: number, imageTokens: number): number =>
    textTokens * rates.textInput + imageTokens * rates.imageInput + partials
  return {
    microUsd: Math.ceil(picture.expected + around(Math.ceil(promptBytes / 4), shown.expected)),
    worstMicroUsd: Math.ceil(picture.worst + around(promptBytes, shown.worst)),
    basis: shown.worst === 0 || tariff.rates === undefined ? tariff.basis : 'rough',
    asOf: tariff.asOf,
    source: tariff.source,
  }
}

/** What is paid by the picture has its words and references for nothing. */
const noRates: Rates = { textInput: 0, imageInput: 0, textOutput: 0, imageOutput: 0 }

function ratesOf({ rates, batchRates }: PriceRow, tier: Tier): Rates | undefined {
  return tier === 'batch' ? (batchRates ?? rates) : rates
}

/** In micro-dollars. A listed price outranks the tokens; of a batch it is the worst, as it is listed for none. */
function picturePrice(
  tariff: PriceRow,
  tier: Tier,
  quality: string,
  size: Size,
): TokenCount | undefined {
  const { listed, tokens, batchRates } = tariff
  const rates = ratesOf(tariff, tier)
  const count = tokens === undefined ? undefined : outputTokens(tokens, quality, size)
  const drawn = rates === undefined ? undefined : times(count, rates.imageOutput)
  const price = listed?.get(quality)?.get(formatSize(size))
  if (price === undefined) return drawn
  const hasDiscount = tier === 'batch' && batchRates !== undefined
  return { expected: (hasDiscount ? drawn?.expected : undefined) ?? price, worst: price }
}

function times(count: TokenCount | undefined, rate: number): TokenCount | undefined {
  return count === undefined
    ? undefined
    : { expected: count.expected * rate, worst: count.worst * rate }
}
