import type { Answer, Environment, GenerateInput, Provider } from '../../ports.ts'
import { connectionChecks } from './connection-checks.ts'
import { editChecks } from './edit-checks.ts'
import { estimateChecks } from './estimate-checks.ts'
import { generateChecks } from './generate-checks.ts'
import { modelChecks } from './model-checks.ts'
import { smallestInput } from './smallest-input.ts'

/**
 * One promise of the port; its `run` rejects where it is broken: with an `AssertionError`, or with whatever the provider
 * threw.
 */
export interface ContractCheck {
  readonly name: string
  run(): Promise<void>
}

/** A way in which the world breaks. */
export interface Breakage {
  readonly name: string
  /** An environment under which the provider meets it, such as one with the address of a broken server. */
  readonly environment: Environment
  /** The answers that are right then. */
  readonly answers: readonly Answer['kind'][]
}

/** What the checks are run with. */
export interface ProviderContract {
  readonly provider: Provider
  /** Everything that the provider needs to answer, such as a key and the address of a double: some checks buy. */
  readonly environment: Environment
  /**
   * A request that the provider answers by a picture.
   * @default the smallest picture of its default model
   */
  readonly input?: GenerateInput
  /** @default none */
  readonly breakages?: readonly Breakage[]
}

/**
 * What a provider promises, as checks for any test runner.
 *
 * @example for (const { name, run } of providerContract({ provider, environment })) test(name, run)
 */
export function providerContract(options: ProviderContract): readonly ContractCheck[] {
  const { provider, environment, breakages = [] } = options
  const input = (): GenerateInput => options.input ?? smallestInput(provider)
  return [
    ...modelChecks(provider),
    ...estimateChecks(provider, input),
    ...connectionChecks(provider, environment),
    ...generateChecks({ provider, environment, input, breakages }),
    ...editChecks({ provider, environment, input }),
  ]
}
