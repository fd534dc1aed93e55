import type { Usage } from '../../ports.ts'
import type { PriceRow, Rates } from './price-row.ts'
import { discountOf, ratesOf, tariffOf, type Tier, tokensOfPartialImage } from './tariff.ts'
import type { CachedInput } from './usage.ts'

/** How a usage came about, as far as its bill depends on that. */
export interface BillTerms {
  /** @default 'standard' */
  readonly tier?: Tier
  /** @default none, so that all input counts in full */
  readonly cached?: CachedInput | undefined
}

/**
 * The bill for a usage that OpenAI reports, in integer micro-dollars, rounded up; no less than the listed price of the
 * picture where that exceeds its tokens. Answers nothing where a part of it has no published price.
 */
export function billed(model: string, usage: Usage, terms: BillTerms = {}): number | undefined {
  const { tier = 'standard', cached = noCache } = terms
  const tariff = tariffOf(model)
  const rates = tariff && ratesOf(tariff, tier)
  if (tariff === undefined || rates === undefined) return undefined
  const words = usage.textOutput === 0 ? 0 : rates.textOutput && usage.textOutput * rates.textOutput
  if (words === undefined) return undefined
  const drawn = usage.imageOutput * rates.imageOutput
  const surcharge = surchargeOf(tariff, tier, usage.imageOutput)
  return Math.ceil(inputBill(usage, cached, rates) + words + drawn + surcharge)
}

const noCache: CachedInput = { text: 0, image: 0 }

/** More of it cached than was read is a miscount, and counts for nothing. */
function inputBill({ textInput, imageInput }: Usage, cached: CachedInput, rates: Rates): number {
  const text = cached.text > textInput ? 0 : cached.text
  const image = cached.image > imageInput ? 0 : cached.image
  return (
    (textInput - text) * rates.textInput +
    text * rates.cachedTextInput +
    (imageInput - image) * rates.imageInput +
    image * rates.cachedImageInput
  )
}

/**
 * Micro-dollars by which the listed price of a picture exceeds its tokens. Which picture it is follows from its tokens;
 * where it does not, the largest excess is taken.
 */
function surchargeOf(tariff: PriceRow, tier: Tier, imageOutput: number): number {
  const { listed, tokens } = tariff
  const rates = ratesOf(tariff, tier)
  if (listed === undefined || tokens?.kind !== 'table' || rates === undefined) return 0
  if (imageOutput === 0) return 0
  const excesses = [...listed].flatMap(([quality, bySize]) =>
    [...bySize].flatMap(([size, price]) => {
      const count = tokens.tokens.get(quality)?.get(size)
      if (count === undefined) return []
      return { count, excess: price * discountOf(tariff, tier) - count * rates.imageOutput }
    }),
  )
  const alike = excesses.filter(({ count }) => isDrawnBy(count, imageOutput))
  const candidates = alike.length > 0 ? alike : excesses
  return Math.max(0, ...candidates.map(({ excess }) => excess))
}

/** Whether the tokens are those of a picture, with up to three pictures in the making. */
function isDrawnBy(count: number, imageOutput: number): boolean {
  return [0, 1, 2, 3].some((partials) => imageOutput === count + partials * tokensOfPartialImage)
}
