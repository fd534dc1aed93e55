import type { Usage } from '../../../ports.ts'
import { parseUsage } from '../usage.ts'
import { billedDriver } from './driver-price.ts'
import { parseDriverUsage } from './driver-usage.ts'
import type { Reading } from './reading.ts'

/** What a response is priced with. */
export interface Prices {
  readonly driver: string
  /** Micro-dollars of the picture's tokens; nothing where no price is known. */
  readonly priceOf: (usage: Usage) => number | undefined
}

const nothing: Usage = { textInput: 0, imageInput: 0, textOutput: 0, imageOutput: 0 }

/**
 * What a response cost in micro-dollars, rounded up: the picture's tokens, none where it tells none,
 * the driver's, and those of the author of a vector drawing. Nothing where a part has no price.
 */
export function billOf(reading: Reading, { driver, priceOf }: Prices): number | undefined {
  const usage = reading.imageUsage === undefined ? nothing : parseUsage(reading.imageUsage)
  const driverUsage = parseDriverUsage(reading.usage)
  if (usage === undefined || driverUsage === undefined) return undefined
  // SVG is billed at the rate of the model that wrote it, which need not be the driver.
  if (reading.calls.some(({ svg_usage: svg }) => svg !== undefined)) return undefined
  const parts = [priceOf(usage), billedDriver(driver, driverUsage)]
  return parts.every((part) => part !== undefined)
    ? Math.ceil(parts.reduce((sum, part) => sum + part, 0))
    : undefined
}
