import { readdirSync, rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { BudgetTerm } from '../../../packages/core/src/config/budget.ts'
import { requestHashOf } from '../../../packages/core/src/key/key.ts'
import type { Intent, Journal } from '../../../packages/core/src/ports.ts'
import { spendingFor } from '../../../packages/core/src/resolve/books.ts'
import {
  Unreserved,
  reservingJournal,
} from '../../../packages/core/src/resolve/reserving-journal.ts'
import { fsJournal } from '../../../packages/core/src/store/journal.ts'
import { fsLedger } from '../../../packages/core/src/store/ledger.ts'
import { fixedClock, generous, requestIn } from '../../support/fakes.ts'
import { type TestProject, makeProject } from '../../support/project.ts'

const requestHash = requestHashOf(requestIn('![gen: a fox]()').request)
const clock = fixedClock()

let project: TestProject
let journal: Journal
beforeEach(() => {
  project = makeProject({})
  journal = fsJournal(project.root, clock)
})
afterEach(() => project[Symbol.dispose]())

function attempt(id: string, worstMicroUsd = 50_000): Intent {
  return { id, requestHash, worstMicroUsd }
}

function under(...budget: readonly BudgetTerm[]): Journal {
  return reservingJournal(
    { ...generous, budget },
    { journal, ledger: fsLedger(project.root), clock },
  )
}

async function monthMicroUsd(): Promise<number | undefined> {
  const budget = [{ id: 'month', limit: 0, level: 'warn' }] as const
  const books = { journal, ledger: fsLedger(project.root), clock }
  return (await spendingFor({ ...generous, budget }, books, false))?.monthMicroUsd
}

describe.for([['day'], ['month']] as const)('the budget of a %s', ([id]) => {
  const holding = (limit: number): Journal => under({ id, limit, level: 'error' })

  test('holds attempts up to its limit, and leaves no record of what it does not', async () => {
    const reserving = holding(100_000)
    await reserving.begin(attempt('one'))
    await reserving.begin(attempt('two'))
    await expect(reserving.begin(attempt('three', 1))).rejects.toThrow(Unreserved)
    const records = readdirSync(project.path('journal')).filter((name) => name.endsWith('.json'))
    expect(records).toHaveLength(2)
  })

  test('counts what an attempt cost once it is settled, and its worst case where nobody knows', async () => {
    const reserving = holding(100_000)
    await reserving.begin(attempt('one'))
    await reserving.settle(attempt('one'), { kind: 'bought', microUsd: 10_000, basis: 'usage' })
    await reserving.begin(attempt('two'))
    await reserving.settle(attempt('two'), { kind: 'unknown', message: 'reset' })
    expect(await monthMicroUsd()).toBe(60_000)
    await expect(reserving.begin(attempt('three', 40_001))).rejects.toThrow(
      'with it, $0.100001 would be spent or reserved',
    )
    await reserving.begin(attempt('three', 40_000))
    await reserving.settle(attempt('three', 40_000), { kind: 'released' })
    expect(await monthMicroUsd()).toBe(60_000)
  })

  test('takes no batch that it does not hold, and lets one be written down that was handed in', async () => {
    const { batches } = holding(100_000)
    const requests = [{ id: requestHash, worstMicroUsd: 100_001 }]
    const record = { order: 'one', provider: 'fake', since: '2026-11-23T00:00:00.000Z', requests }
    await expect(batches?.write(record)).rejects.toThrow(Unreserved)
    await batches?.write({ ...record, batch: 'batch_1' })
    expect(await monthMicroUsd()).toBe(100_001)
  })

  test('holds nothing where a record is torn, as nobody knows its worst case', async () => {
    project.write({ [`journal/${requestHash}.torn.json`]: '{' })
    // The attempt was made when its record was written.
    const now = { ...clock, now: () => new Date() }
    const books = { journal, ledger: fsLedger(project.root), clock: now }
    const budget = [{ id, limit: 1_000_000, level: 'error' }] as const
    await expect(
      reservingJournal({ ...generous, budget }, books).begin(attempt('one')),
    ).rejects.toThrow(
      'it cannot be told what was spent before: nobody knows how an attempt of this month ended',
    )
  })
})

test('a refusal that was billed counts also where the ledger could not be told of it', async () => {
  await journal.begin(attempt('one'))
  project.write({ ledger: '' })
  const billed = { kind: 'refused', code: 'no', message: 'no', microUsd: 300 } as const
  await expect(journal.settle(attempt('one'), billed)).rejects.toThrow(/EEXIST|ENOTDIR/)
  rmSync(project.path('ledger'))
  expect(await monthMicroUsd()).toBe(300)
})

test('a line that cannot be read may tell of money, so that nothing is bought', async () => {
  project.write({ 'ledger/2026-11/other.jsonl': '{"schema":1,\n' })
  await expect(
    under({ id: 'month', limit: 1_000_000, level: 'error' }).begin(attempt('one')),
  ).rejects.toThrow('other.jsonl:1`: it tells of no attempt')
})

test('what earlier months cost counts no more', async () => {
  const past = { now: () => new Date('2026-10-31T23:59:59Z') }
  await fsJournal(project.root, past).begin(attempt('one'))
  await fsJournal(project.root, past).settle(attempt('one'), {
    kind: 'bought',
    microUsd: 50_000,
    basis: 'usage',
  })
  expect(await monthMicroUsd()).toBe(0)
})

test('rules that warn or bound a build alone leave the journal as it is', () => {
  expect(under({ id: 'month', limit: 0, level: 'warn' })).toBe(journal)
  expect(under({ id: 'build', limit: 0, level: 'error' })).toBe(journal)
})
