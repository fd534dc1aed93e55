import { strict as assert } from 'node:assert'

import type { GenerateInput, Provider } from '../../ports.ts'
import type { ContractCheck } from './contract.ts'

const unknownModel = 'no-such-model-of-anyone'

/** Prices: known without a key or a network, and never nothing for a price that is not known. */
export function estimateChecks(
  provider: Provider,
  input: () => GenerateInput,
): readonly ContractCheck[] {
  return [
    {
      name: 'estimates whole micro-dollars, at worst no less than expected',
      run: async () => {
        const estimate = provider.estimate(input())
        if (estimate === undefined) return
        const { microUsd, worstMicroUsd, basis, source } = estimate
        for (const amount of [microUsd, worstMicroUsd])
          assert.ok(Number.isSafeInteger(amount) && amount >= 0, `${amount} is no amount`)
        assert.ok(worstMicroUsd >= microUsd, 'the worst case is below what is expected')
        assert.ok(['exact', 'upper-bound', 'rough'].includes(basis), `unknown basis \`${basis}\``)
        assert.notEqual(source, '', 'the price has no source')
      },
    },
    {
      name: 'estimates the same request the same, at once',
      run: async () => {
        const estimate = provider.estimate(input())
        assert.ok(!(estimate instanceof Promise), 'an estimate is no promise')
        assert.deepEqual(provider.estimate(input()), estimate)
      },
    },
    {
      name: 'answers no estimate for a model that it does not know, unless all it makes is free',
      run: async () => {
        const known = provider.estimate(input())
        if (known?.worstMicroUsd === 0) return
        assert.equal(provider.estimate({ ...input(), model: unknownModel }), undefined)
      },
    },
  ]
}
