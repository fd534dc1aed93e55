import type { PublishedPrice } from '../../ports.ts'
import { modelOf } from './models.ts'
import type { PriceRow, Rates } from './price-row.ts'
import { priceRows } from './price-rows.ts'

/** `batch` stands for the Batch API's rates, or the standard ones of a model that its table does not list. */
export type Tier = 'standard' | 'batch'

/** Image output tokens of a picture in the making, by OpenAI's image generation guide. */
export const tokensOfPartialImage = 100

const rows: ReadonlyMap<string, PriceRow> = new Map(priceRows.map((row) => [row.model, row]))

/** What OpenAI charges or charged for a model, by id or alias; nothing for a foreign one. */
export function tariffOf(model: string): PriceRow | undefined {
  const id = modelOf(model)?.id
  return id === undefined ? undefined : rows.get(id)
}

/**
 * What OpenAI charges for a model that it served on the day on which its price was read; nothing for one
 * that was retired by then.
 */
export function servedTariffOf(model: string): PriceRow | undefined {
  const tariff = tariffOf(model)
  const retiresOn = modelOf(model)?.retiresOn
  if (tariff === undefined || (retiresOn !== undefined && retiresOn <= tariff.asOf))
    return undefined
  return tariff
}

/** How well the price of a model is known, by id or alias; nothing for a foreign one. */
export function publishedPriceOf(model: string): PublishedPrice | undefined {
  const tariff = tariffOf(model)
  if (tariff === undefined) return undefined
  const { source, asOf, confidence, unverified, rates } = tariff
  return {
    source,
    asOf,
    confidence,
    ...(unverified !== undefined && { unverified }),
    ...(rates !== undefined && { imageTokenMicroUsd: rates.imageOutput }),
  }
}

/** Nothing where a model is paid by the picture alone. */
export function ratesOf({ rates, batchRates }: PriceRow, tier: Tier): Rates | undefined {
  return tier === 'batch' ? (batchRates ?? rates) : rates
}

/** What a batch makes of a listed price: as much less as of a token. */
export function discountOf({ rates, batchRates }: PriceRow, tier: Tier): number {
  if (tier === 'standard' || rates === undefined || batchRates === undefined) return 1
  return batchRates.imageOutput / rates.imageOutput
}
