import pLimit from 'p-limit'
import { type BudgetTerm, isPeriod } from '../config/budget.ts'
import type { Terms } from '../config/terms.ts'
import { formatUsd } from '../config/usd.ts'
import { type Spending, spendingOn } from '../plan/spending.ts'
import type { Clock, Intent, Journal, Ledger } from '../ports.ts'

/** What tells of money that was spent, and may have been. */
export interface Books {
  readonly journal: Journal
  readonly ledger: Ledger
  readonly clock: Clock
}

/** Why an attempt may not be made: the budget of a day or a month does not hold its worst case. */
export class Unreserved extends Error {}

/** What was spent before, and may have been; nothing where no rule of the budget asks. */
export async function spendingFor({ budget }: Terms, books: Books): Promise<Spending | undefined> {
  const asks = budget.some((term) => isPeriod(term) && term.level !== 'off')
  return asks ? spendingNow(books) : undefined
}

/** Records are read before the ledger: of an attempt that is settled meanwhile both tell then, and never none. */
async function spendingNow({ journal, ledger, clock }: Books): Promise<Spending> {
  const now = clock.now()
  const open = await journal.open()
  const { attempts, faults } = await ledger.read(now.toISOString().slice(0, 'YYYY-MM'.length))
  return spendingOn(now, { open, told: attempts, faults })
}

/**
 * A journal that takes no attempt which the budget of a day or a month does not hold, whatever other builds on this store
 * do at the same time: each writes its attempt down first and sums all of them up then, so that of two the later one sees
 * both. Two builds that come at the same moment may both be refused what is left for one.
 */
export function reservingJournal(terms: Terms, books: Books): Journal {
  const { journal } = books
  const rules = terms.budget.filter((term) => isPeriod(term) && term.level === 'error')
  if (rules.length === 0) return journal
  const check = async (): Promise<void> => {
    const spending = await spendingNow(books)
    const reason = rules.flatMap((rule) => excessOf(rule, spending) ?? [])[0]
    if (reason !== undefined) throw new Unreserved(reason)
  }
  const begin = async (intent: Intent): Promise<void> => {
    await journal.begin(intent)
    try {
      await check()
    } catch (cause) {
      // What cannot be struck out counts as spent, which errs on the safe side.
      await journal.settle(intent, { kind: 'released' }).catch(() => undefined)
      throw cause
    }
  }
  const { batches } = journal
  // Of one build no attempt stands in the way of another one that is refused as well.
  const inTurn = pLimit(1)
  return {
    ...journal,
    begin: (intent) => inTurn(begin, intent),
    ...(batches !== undefined && {
      batches: {
        ...batches,
        write: async (record) => {
          await batches.write(record)
          // Once it was handed in, nothing is to be decided any more.
          if (record.batch === undefined) await check()
        },
      },
    }),
  }
}

/** Why a rule does not hold what is on record; nothing where it does. */
function excessOf({ id, limit }: BudgetTerm, spending: Spending): string | undefined {
  if (spending.fault !== undefined)
    return `it cannot be told what was spent before: ${spending.fault}`
  const microUsd = id === 'day' ? spending.dayMicroUsd : spending.monthMicroUsd
  if (microUsd <= limit) return undefined
  const period = id === 'day' ? 'today' : 'this month'
  return `with it, ${formatUsd(microUsd)} would be spent or reserved ${period}, of a budget of ${formatUsd(limit)}; other builds of this store count as well`
}
