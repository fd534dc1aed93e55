import { formatUsd } from '../config/usd.ts'
import type { LedgerFault } from '../ports.ts'
import { count, excerpt, printable } from '../wording.ts'
import type { LedgerAccount, LedgerRow, LedgerSum } from './ledger.ts'
import { monthLine } from './month.ts'

/** A ledger summed up for a terminal: a row a group, then how far estimates were off and where the month is going. */
export function ledgerText(account: LedgerAccount): string {
  const { by, rows, totals, month, since } = account
  const heads = [by, 'bought', 'refused', 'unknown', 'settled', 'at most', 'estimates']
  const table = aligned([
    heads,
    ...rows.map((row) => [excerpt(row.name ?? '(not told)', 80), ...cellsOf(row)]),
    ...(rows.length > 1 ? [['total', ...cellsOf(totals)]] : []),
  ])
  const spentInMonth = monthLine(month)
  const none = `no attempt in the ledger${since === undefined ? '' : ` since ${since}`}`
  return [
    ...(rows.length === 0 ? [none] : [...table, '']),
    ...estimateLines(totals),
    ...unboundedLines(totals),
    ...(spentInMonth === undefined ? [] : [spentInMonth]),
    printable(
      `covers \`${account.covers}\`, and what this checkout bought on other branches: what others buy counts once it is committed and pulled, a batch once it is collected`,
    ),
  ].join('\n')
}

/** What could not be read of a ledger, a line each. */
export function ledgerFaultLines(faults: readonly LedgerFault[]): readonly string[] {
  return faults.map(({ path, line, message, remedy }) =>
    printable(`warning: ${path}${line === undefined ? '' : `:${line}`}: ${message}; ${remedy}`),
  )
}

function cellsOf(sum: LedgerRow): readonly string[] {
  const { bought, refused, unknown, settledMicroUsd, unknownMicroUsd, estimated } = sum
  return [
    ...[bought, refused, unknown].map((number) => `${number}`),
    formatUsd(settledMicroUsd),
    formatUsd(settledMicroUsd + unknownMicroUsd),
    offBy(estimated) ?? '',
  ]
}

/** How much more than expected was settled; nothing where nothing was expected. */
function offBy({ expectedMicroUsd, settledMicroUsd }: LedgerSum['estimated']): string | undefined {
  if (expectedMicroUsd === 0) return undefined
  const percent = (settledMicroUsd / expectedMicroUsd - 1) * 100
  const text = percent.toFixed(1).replace(/^-0\.0$/, '0.0')
  return `${percent > 0 && text !== '0.0' ? '+' : ''}${text} %`
}

/** Names to the left, numbers to the right. */
function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widthOf = (column: number): number =>
    Math.max(0, ...rows.map((row) => row[column]?.length ?? 0))
  const widths = (rows[0] ?? []).map((_head, column) => widthOf(column))
  return rows.map((row) => {
    const cells = row.map((cell, column) => {
      const width = widths[column] ?? 0
      return column === 0 ? cell.padEnd(width) : cell.padStart(width)
    })
    return `  ${cells.join('  ').trimEnd()}`
  })
}

function estimateLines({ estimated }: LedgerSum): readonly string[] {
  const off = offBy(estimated)
  if (off === undefined) return []
  const { pictures, expectedMicroUsd, settledMicroUsd } = estimated
  return [
    `estimates: ${count(pictures, 'picture')} expected at ${formatUsd(expectedMicroUsd)}, settled at ${formatUsd(settledMicroUsd)} (${off})`,
  ]
}

function unboundedLines({ unbounded }: LedgerSum): readonly string[] {
  if (unbounded === 0) return []
  return [`${count(unbounded, 'attempt')} of unknown outcome without a known worst case, in no sum`]
}
