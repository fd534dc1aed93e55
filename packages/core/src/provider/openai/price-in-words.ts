import { formatUsd } from '../../config/usd.ts'
import type { Estimate } from '../../ports.ts'
import { modelOf } from './models.ts'
import { estimate } from './price.ts'
import { servedTariffOf } from './tariff.ts'

const size = { width: 1024, height: 1024 }

/**
 * What a picture by a model costs on OpenAI's own host, for messages: `$0.0132 for 1024x1024 in medium
 * quality`; the rate of its tokens where no price of a picture is published. Nothing for a model that
 * OpenAI does not serve.
 */
export function priceInWords(model: string): string | undefined {
  const rates = servedTariffOf(model)?.rates
  if (rates === undefined) return undefined
  const price = mediumPrice(model)
  return price === undefined
    ? `${formatUsd(rates.imageOutput * 1_000_000)} a million image tokens, with no published price of a picture`
    : `${formatUsd(price.microUsd)} for 1024x1024 in medium quality`
}

/**
 * The model that takes another one's place, with its price, for messages: `` `gpt-image-2`, $0.0527 for
 * 1024x1024 in medium quality ``. Nothing where the vendor names none.
 */
export function successorInWords(model: string): string | undefined {
  const successor = modelOf(model)?.successor
  const price = successor === undefined ? undefined : priceInWords(successor)
  return price === undefined ? undefined : `\`${successor}\`, ${price}`
}

/** Of a picture without its words. */
function mediumPrice(model: string): Estimate | undefined {
  return estimate({ model, prompt: '', size, quality: 'medium', take: 1 })
}
