import { isPeriod } from '../config/budget.ts'
import type { Terms } from '../config/terms.ts'
import { reasonOf } from '../error.ts'
import { type Accounts, type Spending, spendingOn } from '../plan/spending.ts'
import { monthOf } from '../plan/spent.ts'
import type { Clock, Journal, Ledger, LedgerLine, SharedLedger } from '../ports.ts'
import { standing } from '../store/ledger-line.ts'

/** What tells of money that was spent, and may have been. */
export interface Books {
  readonly journal: Journal
  readonly ledger: Ledger
  /** What machines tell each other; absent where they have no remote that is written to. */
  readonly sharedLedger?: SharedLedger
  readonly clock: Clock
}

/**
 * What was spent before, and may have been; nothing where no rule of the budget asks.
 * @param isShared Whether the ledger that machines share is read as well.
 */
export async function spendingFor(
  terms: Terms,
  books: Books,
  isShared: boolean,
): Promise<Spending | undefined> {
  const isAsked = terms.budget.some((term) => isPeriod(term) && term.level !== 'off')
  if (!isAsked) return undefined
  const now = books.clock.now()
  const here = await accountsHere(now, books)
  try {
    const shared = isShared ? await books.sharedLedger?.read(monthOf(now)) : undefined
    return spendingWith(now, here, shared ?? [])
  } catch (cause) {
    const fault = `what other machines spent cannot be read: ${reasonOf(cause)}`
    return { ...spendingWith(now, here, []), fault }
  }
}

/**
 * What this store tells of the month. Records are read before the ledger: of an attempt that is settled meanwhile both tell
 * then, and never none.
 */
export async function accountsHere(now: Date, { journal, ledger }: Books): Promise<Accounts> {
  const open = await journal.open()
  const { attempts, faults } = await ledger.read(monthOf(now))
  return { open, told: attempts, faults }
}

/** Sums what this store tells and what machines tell each other, each attempt once. */
export function spendingWith(now: Date, here: Accounts, shared: readonly LedgerLine[]): Spending {
  return spendingOn(now, { ...here, told: standing([...shared, ...here.told]) })
}
