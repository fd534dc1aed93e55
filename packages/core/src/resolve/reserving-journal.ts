import pLimit from 'p-limit'
import { type BudgetTerm, isPeriod } from '../config/budget.ts'
import type { Terms } from '../config/terms.ts'
import { formatUsd } from '../config/usd.ts'
import type { Spending } from '../plan/spending.ts'
import type { BatchJournal, BatchRecord, Intent, Journal, LedgerLine } from '../ports.ts'
import { lineOf } from '../store/ledger-line.ts'
import { type Books, accountsHere, spendingWith } from './books.ts'
import { type SharedBooks, sharedBooks } from './shared-books.ts'

/** Why an attempt may not be made: the budget of a day or a month does not hold its worst case. */
export class Unreserved extends Error {}

/** Reserves what attempts may cost. */
interface Reserve {
  /** Absent where no machines share a ledger. */
  readonly shared: SharedBooks | undefined
  /**
   * Holds attempts that are on record here against what all spent.
   * @throws Unreserved
   */
  check(lines: readonly LedgerLine[]): Promise<void>
}

/**
 * A journal that takes no attempt which the budget of a day or a month does not hold, whatever other builds do at the same
 * time: each writes its attempt down first and sums all of them up then, so that of two the later one sees both; those on
 * other machines by a ledger that they share. Two builds on this store that come at the same moment may both be refused
 * what is left for one. Other machines are told as well where a rule warns alone or is off here, as it may bind them.
 */
export function reservingJournal(terms: Terms, books: Books): Journal {
  const { journal, clock } = books
  const reserve = reserveOf(terms.budget.filter(isPeriod), books)
  if (reserve === undefined) return journal
  /** When attempts of this build began. */
  const begun = new Map<string, string>()
  const begin = async (intent: Intent): Promise<void> => {
    const at = intent.at ?? clock.now().toISOString()
    await journal.begin({ ...intent, at })
    try {
      await reserve.check([lineOf({ ...intent, at }, { end: 'unknown' })])
    } catch (cause) {
      // What cannot be struck out counts as spent, which errs on the safe side.
      await journal.settle({ ...intent, at }, { kind: 'released' }).catch(() => undefined)
      throw cause
    }
    begun.set(intent.id, at)
  }
  // Of one build no attempt stands in the way of another one that is refused as well.
  const inTurn = pLimit(1)
  return {
    ...journal,
    begin: (intent) => inTurn(begin, intent),
    settle: async (intent, settlement) => {
      await journal.settle(intent, settlement)
      const at = intent.at ?? begun.get(intent.id)
      if (at === undefined) return
      const isReleased = settlement.kind === 'released' && settlement.refusal === undefined
      if (isReleased) await reserve.shared?.release([lineOf({ ...intent, at }, { end: 'unknown' })])
      else await reserve.shared?.settled(at)
    },
    ...(journal.batches && { batches: reservingBatches(journal.batches, reserve) }),
  }
}

/** Answers nothing where no rule binds this build, nor may bind another machine. */
function reserveOf(periods: readonly BudgetTerm[], books: Books): Reserve | undefined {
  const { sharedLedger, ledger } = books
  const rules = periods.filter(({ level }) => level === 'error')
  const isShared = sharedLedger !== undefined && periods.length > 0
  const shared = isShared ? sharedBooks({ sharedLedger, ledger }) : undefined
  if (rules.length > 0) return { shared, check: (lines) => checkBy(rules, lines, books, shared) }
  return shared && { shared, check: (lines) => tellOf(lines, shared) }
}

async function checkBy(
  rules: readonly BudgetTerm[],
  lines: readonly LedgerLine[],
  books: Books,
  shared: SharedBooks | undefined,
): Promise<void> {
  const now = books.clock.now()
  const here = await accountsHere(now, books)
  const objection = (told: readonly LedgerLine[]): string | undefined => {
    const spending = spendingWith(now, here, told)
    return rules.flatMap((rule) => excessOf(rule, spending) ?? [])[0]
  }
  const reason = shared === undefined ? objection([]) : await shared.reserve(lines, objection)
  if (reason !== undefined) throw new Unreserved(reason)
}

/** What is not told before an attempt is told of its end. */
async function tellOf(lines: readonly LedgerLine[], shared: SharedBooks): Promise<void> {
  await shared.reserve(lines, () => undefined).catch(() => undefined)
}

/** Once a batch was handed in, nothing is to be decided any more. */
function reservingBatches(batches: BatchJournal, { check, shared }: Reserve): BatchJournal {
  /** What is reserved for batches of this build that may yet be withdrawn. */
  const reserved = new Map<string, readonly LedgerLine[]>()
  return {
    ...batches,
    write: async (record) => {
      await batches.write(record)
      const { order } = record
      if (record.batch !== undefined) {
        reserved.delete(order)
        return
      }
      const lines = linesOf(record)
      const before = reserved.get(order)
      if (before === undefined) await check(lines)
      const kept = new Set(lines.map(({ requestHash }) => requestHash))
      await shared?.release((before ?? []).filter(({ requestHash }) => !kept.has(requestHash)))
      reserved.set(order, lines)
    },
    forget: async (order) => {
      await batches.forget(order)
      await shared?.release(reserved.get(order) ?? [])
      reserved.delete(order)
    },
  }
}

function linesOf({ order, provider, since, requests }: BatchRecord): readonly LedgerLine[] {
  return requests.map(({ id: requestHash, ...told }) =>
    lineOf({ ...told, id: order, requestHash, provider, at: since }, { end: 'unknown' }),
  )
}

/** Why a rule does not hold what is on record; nothing where it does. */
function excessOf({ id, limit }: BudgetTerm, spending: Spending): string | undefined {
  if (spending.fault !== undefined)
    return `it cannot be told what was spent before: ${spending.fault}`
  const microUsd = id === 'day' ? spending.dayMicroUsd : spending.monthMicroUsd
  if (microUsd <= limit) return undefined
  const period = id === 'day' ? 'today' : 'this month'
  return `with it, ${formatUsd(microUsd)} would be spent or reserved ${period}, of a budget of ${formatUsd(limit)}; other builds count as well`
}
