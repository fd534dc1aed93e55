import type { Estimate, GenerateInput } from '../../../ports.ts'
import { driverOf } from '../drivers.ts'
import { imageInputTokens } from '../image-input.ts'
import { estimate } from '../price.ts'
import { servedTariffOf } from '../tariff.ts'
import type { DriverUsage } from './driver-usage.ts'

/**
 * Tokens that the driver reads besides the prompt: its instructions and the description of the tool,
 * perhaps once more after the picture. Nobody publishes how many.
 */
const overhead = { expected: 1000, worst: 4000 }

/** Room for thought; what is written besides is the prompt, rewritten. */
const spareOutputTokens = 4096

/** The bound of the driver's output, reasoning included, that a request for this prompt carries. */
export function maxOutputTokens(prompt: string): number {
  return spareOutputTokens + bytesOf(prompt)
}

/**
 * Prices a picture that a text model calls for on OpenAI's own host: the picture, plus the driver's
 * input and output. It may write the prompt anew, as long as its output may be. Always `rough`. Answers
 * nothing where the price of the picture or of the driver is unknown.
 */
export function estimateDriven(input: GenerateInput, driverModel: string): Estimate | undefined {
  const driver = driverOf(driverModel)
  const picture = estimate(input)
  const rates = servedTariffOf(input.model)?.rates
  if (driver === undefined || picture === undefined || rates === undefined) return undefined
  const bytes = bytesOf(input.prompt)
  const words = Math.ceil(bytes / 4)
  // The driver looks at the pictures as well as the tool does.
  const shown = imageInputTokens(input)
  const read = {
    expected: overhead.expected + words + shown.expected,
    worst: overhead.worst + bytes + shown.worst,
  }
  const written = { expected: 500 + words, worst: maxOutputTokens(input.prompt) }
  return {
    microUsd: Math.ceil(
      picture.microUsd + read.expected * driver.input + written.expected * driver.output,
    ),
    worstMicroUsd: Math.ceil(
      picture.worstMicroUsd +
        written.worst * rates.textInput +
        read.worst * driver.input +
        written.worst * driver.output,
    ),
    basis: 'rough',
    asOf: picture.asOf !== undefined && picture.asOf < driver.asOf ? picture.asOf : driver.asOf,
    source: `${picture.source}; ${driver.source}`,
  }
}

/** The driver's part of a bill in micro-dollars, not rounded; nothing where its price is unknown. */
export function billedDriver(model: string, usage: DriverUsage): number | undefined {
  const driver = driverOf(model)
  if (driver === undefined) return undefined
  const { input, cachedInput = input, output } = driver
  const fresh = usage.input - usage.cachedInput
  return fresh * input + usage.cachedInput * cachedInput + usage.output * output
}

function bytesOf(prompt: string): number {
  return new TextEncoder().encode(prompt).byteLength
}
