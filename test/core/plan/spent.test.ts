import { describe, expect, test } from 'vitest'
import { periodOf, spentBetween } from '../../../packages/core/src/plan/spent.ts'
import { boughtAt, refusedAt, tornAt, unknownAt } from '../../support/ledger-lines.ts'

const november = periodOf(new Date('2026-11-23T12:00:00Z'), 'month')

describe('what was spent', () => {
  test.for([
    [[], [0, 0, 0]],
    [[boughtAt('2026-11-01T00:00:00.000Z', 41_000)], [41_000, 0, 0]],
    [[boughtAt('2026-11-01T00:00:00Z', 41_000)], [41_000, 0, 0]],
    [[boughtAt('2026-11-30T23:59:59.999Z', 41_000)], [41_000, 0, 0]],
    [[boughtAt('2026-12-01T00:00:00.000Z', 41_000)], [0, 0, 0]],
    [[boughtAt('2026-10-31T23:59:59.999Z', 41_000)], [0, 0, 0]],
    [[refusedAt('2026-11-02T00:00:00.000Z', 300)], [300, 0, 0]],
    [[unknownAt('2026-11-02T00:00:00.000Z')], [0, 50_000, 0]],
    [[tornAt('2026-11-02T00:00:00.000Z')], [0, 0, 1]],
    [
      [
        boughtAt('2026-11-02T00:00:00.000Z', 41_000),
        refusedAt('2026-11-03T00:00:00.000Z', 300),
        unknownAt('2026-11-04T00:00:00.000Z'),
        unknownAt('2026-11-05T00:00:00.000Z', { worstMicroUsd: 7 }),
        tornAt('2026-11-06T00:00:00.000Z'),
        unknownAt('2026-12-04T00:00:00.000Z'),
      ],
      [41_300, 50_007, 1],
    ],
  ] as const)('in November by %j', ([lines, [settledMicroUsd, unknownMicroUsd, unbounded]]) => {
    expect(spentBetween(lines, november.from, november.to)).toEqual({
      settledMicroUsd,
      unknownMicroUsd,
      unbounded,
    })
  })
})

test.for([
  ['2026-11-23T12:00:00Z', 'day', '2026-11-23', '2026-11-24'],
  ['2026-11-30T23:59:59.999Z', 'day', '2026-11-30', '2026-12-01'],
  ['2026-11-30T00:00:00Z', 'month', '2026-11-01', '2026-12-01'],
  ['2026-12-31T23:59:59Z', 'month', '2026-12-01', '2027-01-01'],
  ['2028-02-29T12:00:00Z', 'day', '2028-02-29', '2028-03-01'],
  // A clock with a time zone tells the same moment.
  ['2026-12-01T01:00:00+02:00', 'month', '2026-11-01', '2026-12-01'],
] as const)('%s lies in the %s from %s', ([now, unit, from, to]) => {
  expect(periodOf(new Date(now), unit)).toEqual({ from: new Date(from), to: new Date(to) })
})
