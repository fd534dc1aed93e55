import type { LedgerFault, LedgerLine, OpenAttempt } from '../ports.ts'

/** What the ledgers of a store, and its attempts without an end, tell of a day and its month (UTC), in micro-dollars. */
export interface Spending {
  readonly dayMicroUsd: number
  readonly monthMicroUsd: number
  /** Why it may be more; nothing may be bought then that a day or a month bounds. */
  readonly fault?: string
}

/** Where nothing was bought, or no rule asks. */
export const noSpending: Spending = { dayMicroUsd: 0, monthMicroUsd: 0 }

/** What is known of attempts at purchases. Records are read first: an attempt that ends meanwhile is told of twice then. */
export interface Accounts {
  /** Those that are on record. */
  readonly open: readonly OpenAttempt[]
  readonly told: readonly LedgerLine[]
  readonly faults: readonly LedgerFault[]
}

/**
 * Sums what attempts came to: what was billed, and the worst case of those that are under way or of unknown end. What the
 * ledger tells of an attempt outranks its record.
 */
export function spendingOn(now: Date, accounts: Accounts): Spending {
  const month = now.toISOString().slice(0, 'YYYY-MM'.length)
  const day = now.toISOString().slice(0, 'YYYY-MM-DD'.length)
  const known = new Set(accounts.told.map(nameOf))
  const open = accounts.open.filter((one) => !known.has(nameOf(one)))
  const all = [...accounts.told, ...open].filter(({ at }) => at.startsWith(month))
  const sumOf = (some: typeof all): number =>
    some.reduce((sum, one) => sum + (amountOf(one) ?? 0), 0)
  const fault = faultOf(all, accounts.faults)
  return {
    dayMicroUsd: sumOf(all.filter(({ at }) => at.startsWith(day))),
    monthMicroUsd: sumOf(all),
    ...(fault !== undefined && { fault }),
  }
}

function nameOf({ requestHash, attempt }: OpenAttempt): string {
  return `${requestHash}.${attempt}`
}

/** Nothing where its worst case is not on record. */
function amountOf(attempt: LedgerLine | OpenAttempt): number | undefined {
  return 'end' in attempt && attempt.end !== 'unknown' ? attempt.microUsd : attempt.worstMicroUsd
}

function faultOf(
  attempts: readonly (LedgerLine | OpenAttempt)[],
  faults: readonly LedgerFault[],
): string | undefined {
  // A line that was not written to its end is told again: its attempt stays on record until then.
  const unread = faults.find(({ kind }) => kind === 'unverifiable')
  if (unread !== undefined) return `\`${unread.path}\`: ${unread.message}`
  const unpriced = attempts.find((one) => amountOf(one) === undefined)
  if (unpriced === undefined) return undefined
  return `the attempt \`${unpriced.attempt}\` of ${unpriced.at} has no worst case on record, and nobody knows its end`
}
