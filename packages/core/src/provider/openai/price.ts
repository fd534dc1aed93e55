import type { Estimate, GenerateInput, Size } from '../../ports.ts'
import { tariffOf, type Tariff } from './tariff.ts'
import { outputTokens } from './tokens.ts'
import type { Usage } from './usage.ts'

const asOf = '2026-11-22'
const source = 'OpenAI pricing page and image token calculator'

/**
 * Prices one image on OpenAI's own host, in integer micro-dollars. The picture's part is the published
 * one; of the prompt, a token for four UTF-8 bytes is expected and a token for each byte is the worst.
 * Answers nothing where the model has no published figure (gpt-image-2.6, retired and foreign models)
 * and where the quality is `auto` or left open, since the model then chooses its own.
 */
export function estimate(input: GenerateInput): Estimate | undefined {
  const tariff = tariffOf(input.model)
  if (tariff === undefined || input.quality === undefined) return undefined
  const picture = picturePrice(tariff, input.quality, input.size)
  if (picture === undefined) return undefined
  const promptBytes = new TextEncoder().encode(input.prompt).byteLength
  return {
    microUsd: picture.expected + Math.ceil(promptBytes / 4) * tariff.rates.textInput,
    worstMicroUsd: picture.worst + promptBytes * tariff.rates.textInput,
    basis: tariff.basis,
    asOf,
    source,
  }
}

/** The bill for a usage that OpenAI reports, in integer micro-dollars, rounded up. */
export function billed(model: string, usage: Usage): number | undefined {
  const rates = tariffOf(model)?.rates
  if (rates === undefined) return undefined
  return Math.ceil(
    usage.textInput * rates.textInput +
      usage.imageInput * rates.imageInput +
      usage.textOutput * rates.textOutput +
      usage.imageOutput * rates.imageOutput,
  )
}

interface Price {
  readonly expected: number
  readonly worst: number
}

function picturePrice(
  { listed, tokens, rates }: Tariff,
  quality: string,
  size: Size,
): Price | undefined {
  const price = listed?.get(quality)?.get(`${size.width}x${size.height}`)
  if (price !== undefined) return { expected: price, worst: price }
  const count = tokens === undefined ? undefined : outputTokens(tokens, quality, size)
  if (count === undefined) return undefined
  return { expected: count.expected * rates.imageOutput, worst: count.worst * rates.imageOutput }
}
