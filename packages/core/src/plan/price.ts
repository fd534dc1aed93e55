import type { Settings } from '../config/settings.ts'
import type { Estimate, RecordedRequest } from '../ports.ts'

/**
 * Prices a request by its provider's table, or else by a ceiling of the configuration. Answers nothing where neither
 * knows the model, which is never a price of zero, nor for a price that is no amount.
 */
export function priceOf(request: RecordedRequest, settings: Settings): Estimate | undefined {
  const estimate =
    settings.providers.get(request.provider)?.estimate(request) ?? ceilingOf(request, settings)
  return estimate !== undefined && isPrice(estimate) ? estimate : undefined
}

/** A ceiling is that of a still picture: each frame of an animation is one more. */
function ceilingOf(
  { model, frames = 1 }: RecordedRequest,
  settings: Settings,
): Estimate | undefined {
  const ceiling = settings.maxMicroUsdByModel.get(model)
  if (ceiling === undefined) return undefined
  const microUsd = ceiling * frames
  const source = 'prices of the configuration'
  return { microUsd, worstMicroUsd: microUsd, basis: 'rough', source }
}

/** A comparison with NaN holds for no budget: what is no amount must not pass for a low one. */
function isPrice({ microUsd, worstMicroUsd }: Estimate): boolean {
  return (
    Number.isSafeInteger(microUsd) &&
    Number.isSafeInteger(worstMicroUsd) &&
    microUsd >= 0 &&
    worstMicroUsd >= microUsd
  )
}
