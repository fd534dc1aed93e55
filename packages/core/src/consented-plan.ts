import type { Settings } from './config/settings.ts'
import { type Consent, isBarred } from './plan/consent.ts'
import { type Plan, type PlanInput, planFor } from './plan/plan.ts'
import type { Claims, Clock, Journal, RequestHash, Store, Verdict } from './ports.ts'

/** Where a plan is looked up, and at whose prices. */
export interface PlanPorts {
  readonly settings: Settings
  readonly store: Store
  readonly journal: Journal
  readonly claims: Claims
  readonly clock: Clock
}

/** Looks every image up, as far as a person does not consent to ask again. */
export async function planOf(scan: PlanInput, input: PlanPorts, consent: Consent): Promise<Plan> {
  const verdicts = await bindingVerdicts(input, consent)
  const today = input.clock.now().toISOString().slice(0, 10)
  const history = { verdicts, keepsStyle: consent.keepsStyle, today }
  const plan = await planFor(scan, input.settings, input.store, history)
  await input.store.remember()
  return plan
}

/** An attempt that another build makes at this moment is none of which nothing is known: its end is waited for. */
async function bindingVerdicts(
  { journal, claims }: PlanPorts,
  consent: Consent,
): Promise<ReadonlyMap<RequestHash, Verdict>> {
  const all = [...(await journal.verdicts())].filter(([, verdict]) => isBarred(verdict, consent))
  const held = all.map(async ([request, { kind }]) => kind === 'unknown' && claims.isHeld(request))
  const isHeld = await Promise.all(held)
  return new Map(all.filter((_one, at) => isHeld[at] !== true))
}
