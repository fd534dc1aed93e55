import type { Settings } from './config/settings.ts'
import { type Plan, type PlanInput, planFor } from './plan/plan.ts'
import type { Clock, Journal, Store } from './ports.ts'

/** What a person consents to. */
export interface Consent {
  /** To ask again for prompts that were refused. */
  readonly refused: boolean
  /** To ask again where an earlier charge is unknown. */
  readonly unknown: boolean
  /** To keep images as they are whose style has another text today. */
  readonly keepsStyle: boolean
}

/** What a person who says nothing consents to. */
export const noConsent: Consent = { refused: false, unknown: false, keepsStyle: false }

/** Where a plan is looked up, and at whose prices. */
export interface PlanPorts {
  readonly settings: Settings
  readonly store: Store
  readonly journal: Journal
  readonly clock: Clock
}

/** Looks every image up, as far as a person does not consent to ask again. */
export async function planOf(scan: PlanInput, input: PlanPorts, consent: Consent): Promise<Plan> {
  const verdicts = await input.journal.verdicts()
  const binding = [...verdicts].filter(([, { kind }]) => kind === 'submitted' || !consent[kind])
  const today = input.clock.now().toISOString().slice(0, 10)
  const history = { verdicts: new Map(binding), keepsStyle: consent.keepsStyle, today }
  return planFor(scan, input.settings, input.store, history)
}
