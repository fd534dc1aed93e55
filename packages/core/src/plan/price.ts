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

function ceilingOf({ model }: RecordedRequest, settings: Settings): Estimate | undefined {
  const microUsd = settings.maxMicroUsdByModel.get(model)
  if (microUsd === undefined) return undefined
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
