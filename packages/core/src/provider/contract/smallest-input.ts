import { strict as assert } from 'node:assert'

import type { Environment, GenerateInput, Model, Provider, ReadyConnection } from '../../ports.ts'
import { coveringSize } from '../../size-rule.ts'

/** A request for the smallest picture that the default model makes. */
export function smallestInput(provider: Provider): GenerateInput {
  const model = defaultModelOf(provider)
  const size = coveringSize({ width: 1, height: 1 }, model.sizes)
  assert.ok(size, `\`${model.id}\` makes no size at all`)
  return { prompt: 'a lighthouse at dusk', model: model.id, size, take: 1 }
}

/** The model that a provider takes where none is named. */
export function defaultModelOf(provider: Provider): Model {
  const model = provider.models.find(({ id }) => id === provider.defaultModel)
  assert.ok(model, `\`defaultModel\` \`${provider.defaultModel}\` is the id of no model`)
  return model
}

/** A connection under an environment that holds all that it needs. */
export function readyConnection(provider: Provider, environment: Environment): ReadyConnection {
  const connection = provider.connect(environment)
  assert.equal(connection.kind, 'ready', 'the environment that it was given leaves it locked')
  assert.ok(connection.kind === 'ready')
  return connection
}
