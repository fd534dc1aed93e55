import { noConsent } from '../../packages/core/src/plan/consent.ts'
import { newImages } from '../../packages/core/src/plan/budget.ts'
import { planFor } from '../../packages/core/src/plan/plan.ts'
import type { Clock, Connection, Provider } from '../../packages/core/src/ports.ts'
import { once } from '../../packages/core/src/resolve/once.ts'
import type { Outcome } from '../../packages/core/src/resolve/outcome.ts'
import { resolve } from '../../packages/core/src/resolve/resolve.ts'
import {
  freeClaims,
  inputOf,
  memoryJournal,
  memoryStore,
  noFiles,
  requestIn,
  settingsOf,
} from '../support/fakes.ts'

/** Where the pictures of a bench are bought. */
export interface Shop {
  readonly provider: Provider
  readonly connection: Connection
  readonly clock: Clock
  readonly concurrency: number
}

/** Buys as many square pictures of `edge` pixels, for a store that keeps nothing of them. */
export async function buy(
  count: number,
  edge: number,
  { provider, connection, clock, concurrency }: Shop,
): Promise<readonly Outcome[]> {
  const priced: Provider = {
    ...provider,
    estimate: () => ({
      microUsd: 40_000,
      worstMicroUsd: 50_000,
      basis: 'upper-bound',
      source: 'the bench',
    }),
  }
  const settings = settingsOf({}, priced)
  const requests = Array.from({ length: count }, (_none, index) =>
    requestIn(`![gen: fox ${index}](size=${edge}x${edge})`, settings),
  )
  const store = memoryStore({ keep: async () => 'kept' })
  const history = { verdicts: new Map(), keepsStyle: false, today: '2026-11-23' }
  const plan = await planFor(inputOf(requests), settings, store, history)
  const limits = {
    budgetMicroUsd: count * 50_000,
    concurrency,
    connections: new Map([[provider.id, connection]]),
  }
  const outcomes = await resolve(plan, newImages(plan), limits, {
    store,
    journal: memoryJournal(),
    clock,
    files: noFiles,
    stop: new AbortController().signal,
    inFlight: once<Outcome>(),
    claims: freeClaims,
    consent: noConsent,
  })
  return [...outcomes.values()]
}
