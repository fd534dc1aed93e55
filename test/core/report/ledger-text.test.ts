import { describe, expect, test } from 'vitest'
import type { LedgerLine } from '../../../packages/core/src/ports.ts'
import { type Grouping, ledgerAccountOf } from '../../../packages/core/src/report/ledger.ts'
import { ledgerFaultLines, ledgerText } from '../../../packages/core/src/report/ledger-text.ts'
import { boughtAt, refusedAt, tornAt, unknownAt } from '../../support/ledger-lines.ts'

const site = { root: '/srv/blog', folder: '/srv/blog/.imprompt/ledger' }
const covers =
  'covers `.imprompt/ledger`, and what this checkout bought on other branches: what others buy counts once it is committed and pulled, a batch once it is collected'

function textOf(attempts: readonly LedgerLine[], by: Grouping = 'month', since?: string): string {
  const now = new Date('2026-11-10T06:00:00Z')
  const question = { by, now, ...(since !== undefined && { since }) }
  return ledgerText(ledgerAccountOf({ attempts, faults: [] }, site, question))
}

describe('a ledger for a terminal', () => {
  test('is a table, how far estimates were off, where the month goes, and what it covers', () => {
    const text = textOf([
      boughtAt('2026-10-01T00:00:00.000Z', 38_000),
      boughtAt('2026-11-01T00:00:00.000Z', 40_000),
      boughtAt('2026-11-09T00:00:00.000Z', 44_000),
      refusedAt('2026-11-09T01:00:00.000Z', 300),
      unknownAt('2026-11-09T02:00:00.000Z'),
      tornAt('2026-11-09T03:00:00.000Z'),
    ])
    expect(text).toBe(
      [
        '  month    bought  refused  unknown  settled  at most  estimates',
        '  2026-10       1        0        0   $0.038   $0.038     -5.0 %',
        '  2026-11       2        1        2  $0.0843  $0.1343     +5.0 %',
        '  total         3        1        2  $0.1223  $0.1723     +1.7 %',
        '',
        'estimates: 3 pictures expected at $0.12, settled at $0.122 (+1.7 %)',
        '1 attempt of unknown outcome without a known worst case, in no sum',
        '2026-11 so far, by the ledgers in this store: $0.0843, up to $0.05 more of unknown outcome; a projection for the whole month: $0.2529',
        covers,
      ].join('\n'),
    )
  })

  test('has no total of one row, and no line about nothing', () => {
    expect(textOf([unknownAt('2026-10-09T02:00:00.000Z')], 'provider')).toBe(
      [
        '  provider  bought  refused  unknown  settled  at most  estimates',
        '  fake           0        0        1    $0.00    $0.05',
        '',
        covers,
      ].join('\n'),
    )
  })

  test('says so where there is nothing', () => {
    expect(textOf([])).toBe(`no attempt in the ledger\n${covers}`)
    expect(textOf([boughtAt('2026-09-09T02:00:00.000Z', 1)], 'day', '2026-10-01')).toBe(
      `no attempt in the ledger since 2026-10-01\n${covers}`,
    )
  })

  test('tells what does not say its page, and obeys no name of one', () => {
    const text = textOf(
      [
        boughtAt('2026-11-09T02:00:00.000Z', 1, { page: '\u001B[31ma\nb\u202E.md' }),
        tornAt('2026-11-09T02:00:00.000Z'),
      ],
      'page',
    )
    expect(text).toContain('\n  a b.md      ')
    expect(text).toContain('\n  (not told)  ')
  })

  test('shows no deviation of estimates that were right or free', () => {
    const right = boughtAt('2026-11-09T02:00:00.000Z', 40_000)
    expect(textOf([right])).toContain('0.0 %')
    expect(textOf([right])).not.toMatch(/[+-]0\.0 %/)
    expect(
      textOf([boughtAt('2026-11-09T02:00:00.000Z', 0, { expectedMicroUsd: 0 })]),
    ).not.toContain('%')
  })
})

test('what cannot be read of a ledger is told with file and line', () => {
  expect(
    ledgerFaultLines([
      {
        kind: 'corrupt',
        path: '.imprompt/ledger/2026-11/a.jsonl',
        line: 2,
        message: 'it is torn',
        remedy: 'mend it',
      },
      {
        kind: 'unverifiable',
        path: '.imprompt/ledger',
        message: 'EACCES \u001B[31m',
        remedy: 'open it',
      },
    ]),
  ).toEqual([
    'warning: .imprompt/ledger/2026-11/a.jsonl:2: it is torn; mend it',
    'warning: .imprompt/ledger: EACCES ; open it',
  ])
})
