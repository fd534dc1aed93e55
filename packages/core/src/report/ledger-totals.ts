import { spentOn } from '../plan/spent.ts'
import type { LedgerLine } from '../ports.ts'

/** What the attempts of a ledger come to; amounts are micro-dollars. */
export interface LedgerTotals {
  readonly attempts: number
  readonly bought: number
  readonly boughtMicroUsd: number
  readonly refused: number
  /** What was billed for refusals all the same. */
  readonly refusedMicroUsd: number
  readonly unknown: number
  /** What those of unknown outcome may have been billed, as far as their records tell their worst case. */
  readonly unknownMicroUsd: number
  /** How many of unknown outcome tell no worst case, and so are in no amount. */
  readonly unbounded: number
}

/** Counts and sums attempts. */
export function totalsOf(attempts: readonly LedgerLine[]): LedgerTotals {
  const { bought = [], refused = [], unknown = [] } = Object.groupBy(attempts, ({ end }) => end)
  const { unknownMicroUsd, unbounded } = spentOn(unknown)
  return {
    attempts: attempts.length,
    bought: bought.length,
    boughtMicroUsd: spentOn(bought).settledMicroUsd,
    refused: refused.length,
    refusedMicroUsd: spentOn(refused).settledMicroUsd,
    unknown: unknown.length,
    unknownMicroUsd,
    unbounded,
  }
}
