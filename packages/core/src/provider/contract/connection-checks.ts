import { strict as assert } from 'node:assert'

import type { Environment, Provider } from '../../ports.ts'
import type { ContractCheck } from './contract.ts'

/** Connecting, with credentials and without. */
export function connectionChecks(
  provider: Provider,
  environment: Environment,
): readonly ContractCheck[] {
  return [
    {
      name: 'connects under the environment that it needs',
      run: async () => assert.equal(provider.connect(environment).kind, 'ready'),
    },
    {
      name: 'is locked without its credentials, and names one of them',
      run: async () => {
        const credentials = provider.credentials ?? []
        const bare = Object.fromEntries(
          Object.entries(environment).filter(([name]) => !credentials.includes(name)),
        )
        const connection = provider.connect(bare)
        if (connection.kind === 'ready') {
          const given = credentials.filter((name) => environment[name] !== undefined)
          assert.deepEqual(given, [], 'it buys without the credentials that it names')
          return
        }
        assert.ok(credentials.includes(connection.missing), '`missing` is none of `credentials`')
      },
    },
  ]
}
