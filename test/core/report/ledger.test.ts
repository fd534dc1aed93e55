import { describe, expect, test } from 'vitest'
import type { LedgerLine } from '../../../packages/core/src/ports.ts'
import {
  type Grouping,
  type LedgerAccount,
  ledgerAccountOf,
} from '../../../packages/core/src/report/ledger.ts'
import { boughtAt, refusedAt, tornAt, unknownAt } from '../../support/ledger-lines.ts'

const now = new Date('2026-11-10T06:00:00Z')
const site = { root: '/srv/blog', folder: '/srv/blog/.imprompt/ledger' }

const attempts: readonly LedgerLine[] = [
  boughtAt('2026-11-09T10:00:00.000Z', 44_000),
  boughtAt('2026-09-30T23:59:59.000Z', 10_000, { model: 'fake-2', expectedMicroUsd: 10_000 }),
  boughtAt('2026-11-01T00:00:00.000Z', 40_000, { page: 'posts/hen.md', provider: 'other' }),
  refusedAt('2026-11-02T00:00:00.000Z', 300),
  unknownAt('2026-11-02T12:00:00.000Z', { page: 'posts/hen.md' }),
  tornAt('2026-11-03T00:00:00.000Z'),
]

function account(by: Grouping, more: { readonly since?: string } = {}): LedgerAccount {
  return ledgerAccountOf({ attempts, faults: [] }, site, { by, now, ...more })
}

const namesIn = ({ rows }: LedgerAccount): readonly (string | undefined)[] =>
  rows.map(({ name }) => name)

describe('an account of a ledger', () => {
  test.for([
    ['month', ['2026-09', '2026-11']],
    ['day', ['2026-09-30', '2026-11-01', '2026-11-02', '2026-11-03', '2026-11-09']],
    ['model', ['fake-1', 'fake-2', undefined]],
    ['page', ['posts/hen.md', 'posts/fox.md', undefined]],
    ['provider', ['fake', 'other', undefined]],
  ] as const)('by %s has the rows %j', ([by, names]) => {
    expect(namesIn(account(by))).toEqual(names)
  })

  test('counts and sums what was bought, refused and is unknown', () => {
    const november = {
      attempts: 5,
      bought: 2,
      boughtMicroUsd: 84_000,
      refused: 1,
      refusedMicroUsd: 300,
      unknown: 2,
      unknownMicroUsd: 50_000,
      unbounded: 1,
      settledMicroUsd: 84_300,
      estimated: { pictures: 2, expectedMicroUsd: 80_000, settledMicroUsd: 84_000 },
    }
    const { rows, totals } = account('month')
    expect(rows[1]).toEqual({ name: '2026-11', ...november })
    expect(totals).toEqual({
      ...november,
      attempts: 6,
      bought: 3,
      boughtMicroUsd: 94_000,
      settledMicroUsd: 94_300,
      estimated: { pictures: 3, expectedMicroUsd: 90_000, settledMicroUsd: 94_000 },
    })
  })

  test.for(['month', 'day', 'model', 'page', 'provider'] as const)(
    'by %s has rows that come to its totals',
    (by) => {
      const { rows, totals } = account(by)
      const sum = (field: 'attempts' | 'settledMicroUsd' | 'unknownMicroUsd'): number =>
        rows.reduce((all, row) => all + row[field], 0)
      expect([sum('attempts'), sum('settledMicroUsd'), sum('unknownMicroUsd')]).toEqual([
        totals.attempts,
        totals.settledMicroUsd,
        totals.unknownMicroUsd,
      ])
    },
  )

  test('holds no estimate against what its provider did not report', () => {
    const { attempt, at, requestHash } = boughtAt('2026-11-01T00:00:00.000Z', 0)
    const guessed: LedgerLine = {
      schema: 1,
      attempt,
      at,
      requestHash,
      expectedMicroUsd: 40_000,
      end: 'bought',
      microUsd: 50_000,
      basis: 'estimate',
    }
    const ledger = { attempts: [guessed], faults: [] }
    expect(ledgerAccountOf(ledger, site, { by: 'day', now }).totals).toMatchObject({
      settledMicroUsd: 50_000,
      estimated: { pictures: 0, expectedMicroUsd: 0, settledMicroUsd: 0 },
    })
  })

  test.for([
    ['2026-11-02', ['2026-11-02', '2026-11-03', '2026-11-09'], 4],
    ['2026-11-10', [], 0],
  ] as const)('since %s counts that day', ([since, days, number]) => {
    const { rows, totals } = account('day', { since })
    expect(rows.map(({ name }) => name)).toEqual(days)
    expect(totals.attempts).toBe(number)
  })

  test('tells the whole current month, whatever its rows begin with, and where it is going', () => {
    const month = {
      name: '2026-11',
      settledMicroUsd: 84_300,
      unknownMicroUsd: 50_000,
      // Ten of thirty days have begun.
      projectedMicroUsd: 252_900,
    }
    expect(account('month').month).toEqual(month)
    expect(account('month', { since: '2026-11-10' }).month).toEqual(month)
  })

  test.for([
    ['2026-11-01T00:00:00Z', undefined],
    ['2026-11-01T23:59:59Z', undefined],
    ['2026-11-02T00:00:00Z', 15 * 40_000],
    ['2026-11-30T23:59:59Z', 40_000],
    ['2026-12-02T00:00:00Z', undefined],
  ] as const)(
    'projects at %s what a day and more of the month tell: %s',
    ([moment, projectedMicroUsd]) => {
      const ledger = { attempts: [boughtAt('2026-11-01T00:00:00.000Z', 40_000)], faults: [] }
      const question = { by: 'month', now: new Date(moment) } as const
      const { month } = ledgerAccountOf(ledger, site, question)
      expect(month.projectedMicroUsd).toBe(projectedMicroUsd)
    },
  )

  test('names files as they stand in the project', () => {
    const fault = { kind: 'corrupt', path: `${site.folder}/2026-11/a.jsonl`, line: 2 } as const
    const ledger = { attempts: [], faults: [{ ...fault, message: 'torn', remedy: 'mend' }] }
    expect(ledgerAccountOf(ledger, site, { by: 'month', now })).toMatchObject({
      covers: '.imprompt/ledger',
      faults: [
        { kind: 'corrupt', path: '.imprompt/ledger/2026-11/a.jsonl', line: 2, message: 'torn' },
      ],
    })
  })
})
