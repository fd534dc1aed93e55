import type { Settings } from '../config/settings.ts'
import type { Estimate, RecordedRequest } from '../ports.ts'

/**
 * Prices a request: a ceiling from the configuration outranks the provider's own table.
 * Answers nothing where neither knows the model, which is never a price of zero.
 */
export function priceOf(request: RecordedRequest, settings: Settings): Estimate | undefined {
  const ceiling = settings.maxMicroUsdByModel.get(request.model)
  if (ceiling === undefined) return settings.providers.get(request.provider)?.estimate(request)
  return {
    microUsd: ceiling,
    worstMicroUsd: ceiling,
    basis: 'rough',
    source: 'prices of the configuration',
  }
}
