import type { Discord } from '../config/core-copies.ts'
import type { Settings } from '../config/settings.ts'
import type { PlanInput } from '../plan/plan.ts'
import type { Clock, Environment, Journal, Ledger, Store } from '../ports.ts'

/** A project whose store is looked after. */
export interface Ground {
  readonly root: string
  readonly storeFolder: string
  readonly settings: Settings
  /** Every directive of the project's content and configuration. */
  readonly scan: () => Promise<PlanInput>
  /** The store of the folder alone, without its tiers. */
  readonly local: Store
  readonly journal: Journal
  readonly ledger: Ledger
  /** That of the process, for git. */
  readonly environment: Environment
  readonly clock: Clock
  /** Versions of core that are at work in the project, where they are more than one. */
  readonly discord?: Discord
  /** Finishes purchases whose reply arrived and whose build ended before it was stored, until it is stopped. */
  readonly recover: (stop: AbortSignal) => Promise<void>
}
