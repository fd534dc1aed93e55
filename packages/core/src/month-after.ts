import type { Clock, Key, Ledger } from './ports.ts'
import { monthSpent } from './report/month.ts'
import { monthOf } from './plan/spent.ts'
import type { ReportInput } from './report/report.ts'
import type { Outcome } from './resolve/outcome.ts'

/**
 * What the month came to once a build added to it, for its report; nothing where it did not, or where a part of the ledger
 * cannot be read.
 */
export async function monthAfter(
  outcomes: ReadonlyMap<Key, Outcome>,
  { ledger, clock }: { readonly ledger: Ledger; readonly clock: Pick<Clock, 'now'> },
): Promise<Pick<ReportInput, 'month'>> {
  if (![...outcomes.values()].some(mayHaveCost)) return {}
  const now = clock.now()
  const { attempts, faults } = await ledger.read(monthOf(now))
  return faults.length > 0 ? {} : { month: monthSpent(attempts, now) }
}

function mayHaveCost(outcome: Outcome): boolean {
  if (outcome.kind === 'refused') return (outcome.microUsd ?? 0) > 0
  return outcome.kind === 'bought' || outcome.kind === 'unknown'
}
