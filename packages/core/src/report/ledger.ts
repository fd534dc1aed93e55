import { relative, sep } from 'node:path'
import type { Ledger, LedgerFault, LedgerLine } from '../ports.ts'
import { type LedgerTotals, totalsOf } from './ledger-totals.ts'
import { type MonthSpent, monthSpent } from './month.ts'

/** By what a ledger is summed. Months and days are those of UTC. */
export const groupings = ['month', 'day', 'model', 'page', 'provider'] as const

/** By what a ledger is summed. */
export type Grouping = (typeof groupings)[number]

/** What some attempts of a ledger come to; amounts are micro-dollars. */
export interface LedgerSum extends LedgerTotals {
  /** Billed for certain: for pictures, and for refusals all the same. */
  readonly settledMicroUsd: number
  /** How far estimates were off: of pictures that tell what they were expected to cost, and whose provider reported their price. */
  readonly estimated: {
    readonly pictures: number
    readonly expectedMicroUsd: number
    readonly settledMicroUsd: number
  }
}

/** A row of an account; its name is absent for attempts that do not tell it. */
export type LedgerRow = LedgerSum & { readonly name?: string }

/** A ledger summed up. Its form is published as a JSON schema. */
export interface LedgerAccount {
  readonly schema: 1
  /** Folder of the ledgers that are summed: what other checkouts bought is among it once it is committed and pulled. */
  readonly covers: string
  readonly by: Grouping
  /** The first day of the rows and totals (`YYYY-MM-DD`, UTC); all days where it is absent. */
  readonly since?: string
  /** Months and days in their order, others from the dearest, at worst, on. */
  readonly rows: readonly LedgerRow[]
  readonly totals: LedgerSum
  /** The current month as a whole. */
  readonly month: MonthSpent
  /** What could not be read, and so is in no sum. */
  readonly faults: readonly LedgerFault[]
}

/** What an account is asked for. */
export interface LedgerQuestion {
  readonly by: Grouping
  readonly since?: string
  readonly now: Date
}

/** Where a ledger stands, by absolute paths. */
export interface LedgerSite {
  readonly root: string
  readonly folder: string
}

/** Sums what a ledger tells. Its paths become relative to the project's root, with forward slashes. */
export function ledgerAccountOf(
  ledger: Awaited<ReturnType<Ledger['read']>>,
  { root, folder }: LedgerSite,
  { by, since, now }: LedgerQuestion,
): LedgerAccount {
  const shown = (path: string): string => relative(root, path).replaceAll(sep, '/')
  const first = since === undefined ? -Infinity : Date.parse(since)
  const attempts = ledger.attempts.filter(({ at }) => Date.parse(at) >= first)
  return {
    schema: 1,
    covers: shown(folder),
    by,
    ...(since !== undefined && { since }),
    rows: rowsOf(attempts, by),
    totals: sumOf(attempts),
    month: monthSpent(ledger.attempts, now),
    faults: ledger.faults.map((fault) => ({ ...fault, path: shown(fault.path) })),
  }
}

function rowsOf(attempts: readonly LedgerLine[], by: Grouping): readonly LedgerRow[] {
  const groups = Map.groupBy(attempts, (line) => nameOf(line, by))
  const rows = [...groups].map(([name, own]) => ({
    ...(name !== undefined && { name }),
    ...sumOf(own),
  }))
  const byName = (one: LedgerRow, other: LedgerRow): number =>
    (one.name ?? '') < (other.name ?? '') ? -1 : 1
  const isInTime = by === 'month' || by === 'day'
  return rows.toSorted((one, other) =>
    isInTime ? byName(one, other) : worstOf(other) - worstOf(one) || byName(one, other),
  )
}

function nameOf(line: LedgerLine, by: Grouping): string | undefined {
  switch (by) {
    case 'month':
      return line.at.slice(0, '2026-11'.length)
    case 'day':
      return line.at.slice(0, '2026-11-30'.length)
    case 'model':
    case 'page':
    case 'provider':
      return line[by]
  }
}

function worstOf({ settledMicroUsd, unknownMicroUsd }: LedgerSum): number {
  return settledMicroUsd + unknownMicroUsd
}

function sumOf(attempts: readonly LedgerLine[]): LedgerSum {
  const totals = totalsOf(attempts)
  const estimated = { pictures: 0, expectedMicroUsd: 0, settledMicroUsd: 0 }
  for (const line of attempts) {
    // Where the provider reports nothing, an estimate would be held against itself.
    if (line.end !== 'bought' || line.basis !== 'usage') continue
    if (line.expectedMicroUsd === undefined) continue
    estimated.pictures += 1
    estimated.expectedMicroUsd += line.expectedMicroUsd
    estimated.settledMicroUsd += line.microUsd
  }
  const settledMicroUsd = totals.boughtMicroUsd + totals.refusedMicroUsd
  return { ...totals, settledMicroUsd, estimated }
}
