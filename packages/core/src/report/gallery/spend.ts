import type { Element } from 'hast'
import { formatUsd } from '../../config/usd.ts'
import { spentOn } from '../../plan/spent.ts'
import type { LedgerLine } from '../../ports.ts'
import { count } from '../../wording.ts'
import { element, lines } from './element.ts'
import { visible } from './visible.ts'

/** What a ledger tells. */
export interface Account {
  readonly attempts: readonly LedgerLine[]
  /** Places that cannot be read; what they tell is missing from the sums. */
  readonly faults: readonly unknown[]
}

interface Row {
  readonly label: string
  readonly pictures: number
  readonly settledMicroUsd: number
  readonly unknown: number
  /** What those may have cost as well, as far as that is on record. */
  readonly unknownMicroUsd: number
}

/** What pictures have cost so far, by month and by model; amounts that nobody knows stand apart. */
export function spendSection({ attempts, faults }: Account): Element {
  const months = rowsBy(attempts, ({ at }) => at.slice(0, 7)).toSorted((one, other) =>
    one.label < other.label ? 1 : -1,
  )
  const models = rowsBy(attempts, ({ model }) => model ?? 'not on record').toSorted(
    (one, other) => other.settledMicroUsd - one.settledMicroUsd,
  )
  const tables = [table('By month (UTC)', 'Month', months), table('By model', 'Model', models)]
  return element(
    'section',
    { ariaLabelledBy: ['spend'] },
    element('h2', { id: 'spend' }, 'Spend'),
    ...(attempts.length === 0
      ? [element('p', { className: ['quiet'] }, 'The ledger of this store tells of no attempt.')]
      : [element('div', { className: ['spend'] }, ...lines(tables))]),
    ...(faults.length === 0 ? [] : [faultNote(faults.length)]),
  )
}

function faultNote(faults: number): Element {
  const text = `${count(faults, 'place')} of the ledger cannot be read, so that these sums may be too small; `
  return element(
    'p',
    { className: ['notes'] },
    text,
    element('code', {}, 'imprompt verify'),
    ' tells which',
  )
}

function rowsBy(
  attempts: readonly LedgerLine[],
  labelOf: (line: LedgerLine) => string,
): readonly Row[] {
  return [...Map.groupBy(attempts, labelOf)].map(([label, own]) => ({
    label,
    pictures: own.filter(({ end }) => end === 'bought').length,
    unknown: own.filter(({ end }) => end === 'unknown').length,
    ...spentOn(own),
  }))
}

function table(caption: string, label: string, rows: readonly Row[]): Element {
  const most = Math.max(...rows.map(({ settledMicroUsd }) => settledMicroUsd))
  const hasUnknown = rows.some(({ unknown }) => unknown > 0)
  const heads = [label, 'Bought', 'Spent', ...(hasUnknown ? ['Outcome unknown'] : [])]
  return element(
    'table',
    {},
    element('caption', {}, caption),
    element('thead', {}, element('tr', {}, ...heads.map((head) => columnHead(head)), barHead())),
    element('tbody', {}, ...lines(rows.map((row) => rowOf(row, most, hasUnknown)))),
  )
}

function columnHead(text: string): Element {
  return element('th', { scope: 'col' }, text)
}

/** The bars say again what the amounts say. */
function barHead(): Element {
  return element('td', { className: ['bar'], ariaHidden: 'true' })
}

function rowOf(row: Row, most: number, hasUnknown: boolean): Element {
  const amount = row.unknownMicroUsd === 0 ? '' : `, up to ${formatUsd(row.unknownMicroUsd)}`
  const unknown = row.unknown === 0 ? '' : `${row.unknown}${amount}`
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, ...visible(row.label)),
    cell(`${row.pictures}`),
    cell(formatUsd(row.settledMicroUsd)),
    ...(hasUnknown ? [cell(unknown)] : []),
    element(
      'td',
      { className: ['bar'], ariaHidden: 'true' },
      bar(most === 0 ? 0 : row.settledMicroUsd / most),
    ),
  )
}

function cell(text: string): Element {
  return element('td', {}, text)
}

function bar(share: number): Element {
  const width = `${(share * 100).toFixed(1)}%`
  return element('svg', {}, element('rect', { width, height: '100%' }))
}
