import type { Estimate, GenerateInput } from '../../ports.ts'
import type { Candidate } from './candidate.ts'

/**
 * What the first provider is expected to bill, and the worst of all that could answer. Answers nothing where the price
 * of any of them is unknown.
 */
export function estimateOf(
  input: GenerateInput,
  candidates: readonly Candidate[],
): Estimate | undefined {
  const estimates = candidates.flatMap(({ provider, inputFor }) => {
    const own = inputFor(input)
    return own === undefined ? [] : [provider.estimate(own)]
  })
  const known = estimates.filter((one) => one !== undefined)
  const [first, ...others] = known
  if (first === undefined || known.length < estimates.length) return undefined
  if (others.length === 0) return first
  return {
    microUsd: first.microUsd,
    worstMicroUsd: Math.max(...known.map(({ worstMicroUsd }) => worstMicroUsd)),
    basis: known.some(({ basis }) => basis === 'rough') ? 'rough' : 'upper-bound',
    ...oldest(known),
    source: known.map(({ source }) => source).join('; or '),
  }
}

function oldest(estimates: readonly Estimate[]): { readonly asOf?: string } {
  const [asOf] = estimates.flatMap((one) => one.asOf ?? []).toSorted()
  return asOf === undefined ? {} : { asOf }
}
