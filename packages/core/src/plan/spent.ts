import type { LedgerLine } from '../ports.ts'

/** What attempts came to; amounts are micro-dollars. */
export interface Spent {
  /** Billed for certain: for pictures, and for refusals all the same. */
  readonly settledMicroUsd: number
  /** What those of unknown outcome may have been billed, as far as their records tell their worst case. */
  readonly unknownMicroUsd: number
  /** How many of unknown outcome tell no worst case, and so are in no amount. */
  readonly unbounded: number
}

/** A stretch of time without the moment at its end. */
export interface Period {
  readonly from: Date
  readonly to: Date
}

/** What was spent by attempts that began at or after a moment and before another one. */
export function spentBetween(attempts: readonly LedgerLine[], from: Date, to: Date): Spent {
  return spentOn(
    attempts.filter(({ at }) => {
      const began = Date.parse(at)
      return began >= from.getTime() && began < to.getTime()
    }),
  )
}

/** What all of these attempts came to. */
export function spentOn(attempts: readonly LedgerLine[]): Spent {
  let [settledMicroUsd, unknownMicroUsd, unbounded] = [0, 0, 0]
  for (const line of attempts) {
    if (line.end !== 'unknown') settledMicroUsd += line.microUsd
    else if (line.worstMicroUsd === undefined) unbounded += 1
    else unknownMicroUsd += line.worstMicroUsd
  }
  return { settledMicroUsd, unknownMicroUsd, unbounded }
}

/** The day or month that a moment lies in, by UTC, as ledgers are kept. */
export function periodOf(now: Date, unit: 'day' | 'month'): Period {
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()]
  const [from, to] =
    unit === 'day'
      ? [Date.UTC(year, month, day), Date.UTC(year, month, day + 1)]
      : [Date.UTC(year, month), Date.UTC(year, month + 1)]
  return { from: new Date(from), to: new Date(to) }
}

/** The month that a moment lies in, by UTC, as `YYYY-MM`. */
export function monthOf(now: Date): string {
  return now.toISOString().slice(0, 'YYYY-MM'.length)
}
