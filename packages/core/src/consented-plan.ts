import type { Settings } from './config/settings.ts'
import type { Terms } from './config/terms.ts'
import { newImages } from './plan/budget.ts'
import { type Consent, isBarred } from './plan/consent.ts'
import { type Plan, type PlanInput, planFor } from './plan/plan.ts'
import type { Claims, Key, RequestHash, Store, Verdict } from './ports.ts'
import { type Books, spendingFor } from './resolve/books.ts'

/** Where a plan is looked up, and at whose prices. */
export interface PlanPorts extends Books {
  readonly settings: Settings
  readonly store: Store
  readonly claims: Claims
}

/** What a person allows. */
export interface Conditions {
  readonly consent: Consent
  readonly terms: Terms
  /** Images of older defaults that are made again; nothing for a build. */
  readonly upgrades?: ReadonlySet<Key> | undefined
}

/** Looks every image up, as far as a person does not consent to ask again. */
export async function planOf(
  scan: PlanInput,
  input: PlanPorts,
  { consent, terms, upgrades }: Conditions,
): Promise<Plan> {
  const verdicts = await bindingVerdicts(input, consent)
  const today = input.clock.now().toISOString().slice(0, 10)
  const { keepsStyle } = consent
  const history = { verdicts, keepsStyle, today, ...(upgrades !== undefined && { upgrades }) }
  const plan = await planFor(scan, input.settings, input.store, history)
  await input.store.remember()
  // A build that buys nothing reaches for no remote.
  const isShared = terms.mode === 'generate' && newImages(plan).length > 0
  const spending = await spendingFor(terms, input, isShared)
  return { ...plan, consent, ...(spending !== undefined && { spending }) }
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
