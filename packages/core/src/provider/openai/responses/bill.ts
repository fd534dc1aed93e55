import type { Usage } from '../../../ports.ts'
import { authorBill } from '../drawing-bill.ts'
import { type CachedInput, parseCachedInput, parseUsage } from '../usage.ts'
import { billedDriver } from './driver-price.ts'
import { parseDriverUsage } from './driver-usage.ts'
import type { Reading } from './reading.ts'

/** What a response is priced with. */
export interface Prices {
  readonly driver: string
  /** Micro-dollars of the picture's tokens; nothing where no price is known. */
  readonly priceOf: (usage: Usage, cached?: CachedInput) => number | undefined
  /** Whether pictures went along with the request. */
  readonly hasPictures: boolean
}

/**
 * The tokens that a response tells of its pictures; nothing where it tells none. Zeros are what a server tells for want of
 * a record, so that they prove nothing.
 */
export function pictureUsage({ imageUsage }: Reading, { hasPictures }: Prices): Usage | undefined {
  const usage = parseUsage(imageUsage, hasPictures)
  if (usage === undefined) return undefined
  return Object.values(usage).some((tokens) => tokens > 0) ? usage : undefined
}

/**
 * What a response with this picture, or with none, cost in micro-dollars, rounded up: the driver's tokens, those of its
 * pictures, for which it has to tell them, and those of the author of a vector drawing. Nothing where a part has no price.
 */
export function billOf(reading: Reading, prices: Prices, bytes?: Uint8Array): number | undefined {
  const usage = pictureUsage(reading, prices)
  const picture = usage && prices.priceOf(usage, parseCachedInput(reading.imageUsage))
  // A drawing is billed at the rate of the model that wrote it, which need not be the driver.
  const authors = reading.calls.map((call) => authorBill(call.svg_usage, bytes))
  const parts = [picture, driverBillOf(reading, prices), ...authors]
  return parts.every((part) => part !== undefined)
    ? parts.reduce((sum, part) => sum + part, 0)
    : undefined
}

/** What a response without a picture cost in micro-dollars, rounded up; nothing where its driver has no price. */
export function driverBillOf(reading: Reading, { driver }: Prices): number | undefined {
  const usage = parseDriverUsage(reading.usage)
  const microUsd = usage && billedDriver(driver, usage)
  return microUsd === undefined ? undefined : Math.ceil(microUsd)
}
