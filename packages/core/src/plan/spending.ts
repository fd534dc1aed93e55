import type { LedgerFault, LedgerLine, OpenAttempt } from '../ports.ts'
import { type Spent, periodOf, spentBetween } from './spent.ts'

/** What ledgers, and attempts without an end, tell of a day and its month (UTC), in micro-dollars. */
export interface Spending {
  readonly dayMicroUsd: number
  readonly monthMicroUsd: number
  /** How much of either may not have been billed, as nobody knows how its attempts ended. @default 0 */
  readonly unknownMicroUsd?: Readonly<Record<'day' | 'month', number>>
  /** Why it may be more; nothing may be bought then that a day or a month bounds. */
  readonly fault?: string
}

/** Where nothing was bought, or no rule asks. */
export const noSpending: Spending = { dayMicroUsd: 0, monthMicroUsd: 0 }

/** What is known of attempts at purchases. */
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
export function spendingOn(now: Date, { open, told, faults }: Accounts): Spending {
  const known = new Set(told.map(nameOf))
  const untold = open
    .filter((one) => !known.has(nameOf(one)))
    .map((one): LedgerLine => ({ schema: 1, ...one, end: 'unknown' }))
  const spentIn = (unit: 'day' | 'month'): Spent => {
    const { from, to } = periodOf(now, unit)
    return spentBetween([...told, ...untold], from, to)
  }
  const [day, month] = [spentIn('day'), spentIn('month')]
  const fault = faultOf(month, faults)
  return {
    dayMicroUsd: day.settledMicroUsd + day.unknownMicroUsd,
    monthMicroUsd: month.settledMicroUsd + month.unknownMicroUsd,
    unknownMicroUsd: { day: day.unknownMicroUsd, month: month.unknownMicroUsd },
    ...(fault !== undefined && { fault }),
  }
}

/** The name of an attempt among all. */
export function nameOf({
  requestHash,
  attempt,
}: Pick<OpenAttempt, 'requestHash' | 'attempt'>): string {
  return `${requestHash}.${attempt}`
}

function faultOf({ unbounded }: Spent, faults: readonly LedgerFault[]): string | undefined {
  const [unread] = faults
  if (unread !== undefined) {
    const line = unread.line === undefined ? '' : `:${unread.line}`
    return `\`${unread.path}${line}\`: ${unread.message}; ${unread.remedy}`
  }
  if (unbounded === 0) return undefined
  const attempts = unbounded === 1 ? 'an attempt' : `${unbounded} attempts`
  return `nobody knows how ${attempts} of this month ended, and no record tells the worst case; \`imprompt doctor\` tells more`
}
