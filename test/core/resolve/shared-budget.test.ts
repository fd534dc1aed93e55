import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { BudgetTerm } from '../../../packages/core/src/config/budget.ts'
import { requestHashOf } from '../../../packages/core/src/key/key.ts'
import type { Intent, Journal, LedgerLine, SharedLedger } from '../../../packages/core/src/ports.ts'
import { spendingFor } from '../../../packages/core/src/resolve/books.ts'
import { reservingJournal } from '../../../packages/core/src/resolve/reserving-journal.ts'
import { fsJournal } from '../../../packages/core/src/store/journal.ts'
import { fsLedger } from '../../../packages/core/src/store/ledger.ts'
import { fixedClock, generous, requestIn } from '../../support/fakes.ts'
import { type MemoryTier, memoryTier } from '../../support/memory-tier.ts'
import { type TestProject, makeProject } from '../../support/project.ts'
import { ledgerIn } from '../../support/spending-builds.ts'

const requestHash = requestHashOf(requestIn('![gen: a fox]()').request)
const clock = fixedClock()

let tier: MemoryTier
let projects: TestProject[]
beforeEach(() => {
  tier = memoryTier()
  projects = []
})
afterEach(() => {
  for (const project of projects) project[Symbol.dispose]()
})

interface Machine {
  /** Bounds nothing, and tells no other machine. */
  readonly own: Journal
  readonly journal: Journal
  monthMicroUsd(isShared?: boolean): Promise<number | undefined>
}

function machine(level: BudgetTerm['level'] = 'error'): Machine {
  const project = makeProject({})
  projects.push(project)
  const own = fsJournal(project.root, clock)
  const sharedLedger: SharedLedger = ledgerIn(tier)
  const books = { journal: own, ledger: fsLedger(project.root), clock, sharedLedger }
  const budget = [{ id: 'month', limit: 100_000, level }] as const
  const terms = { ...generous, budget }
  return {
    own,
    journal: reservingJournal(terms, books),
    monthMicroUsd: async (isShared = true) =>
      (await spendingFor(terms, books, isShared))?.monthMicroUsd,
  }
}

function attempt(id: string, worstMicroUsd = 50_000): Intent {
  return { id, requestHash, worstMicroUsd }
}

const told = (): Promise<readonly LedgerLine[]> => ledgerIn(tier).read('2026-11')

describe('the budget of a month, on machines that share a ledger', () => {
  test('counts what each of them reserved, and less once that is settled', async () => {
    const [one, other] = [machine(), machine()]
    await one.journal.begin(attempt('a'))
    await other.journal.begin(attempt('b'))
    await expect(one.journal.begin(attempt('c', 1))).rejects.toThrow(
      'with it, $0.100001 would be spent or reserved this month, of a budget of $0.10; other builds count as well',
    )
    await other.journal.settle(attempt('b'), { kind: 'bought', microUsd: 10_000, basis: 'usage' })
    await one.journal.begin(attempt('c', 40_000))
    for (const each of [one, other]) expect(await each.monthMicroUsd()).toBe(100_000)
    expect(await other.monthMicroUsd(false)).toBe(10_000)
  })

  test('counts nothing of what came to nothing', async () => {
    const [one, other] = [machine(), machine()]
    await one.journal.begin(attempt('a', 100_000))
    await one.journal.settle(attempt('a', 100_000), { kind: 'released' })
    await one.journal.begin(attempt('b', 100_000))
    const refusal = { code: 'moderation' }
    await one.journal.settle(attempt('b', 100_000), { kind: 'released', refusal })
    await other.journal.begin(attempt('c', 100_000))
    expect(await one.monthMicroUsd()).toBe(100_000)
    expect(await told()).toMatchObject([
      { attempt: 'b', end: 'refused', microUsd: 0 },
      { attempt: 'c' },
    ])
  })

  test('leaves nothing of what it does not hold', async () => {
    const [one, other] = [machine(), machine()]
    await one.journal.begin(attempt('a'))
    await expect(other.journal.begin(attempt('b', 60_000))).rejects.toThrow('of a budget')
    expect(await told()).toHaveLength(1)
    expect(await other.own.open()).toEqual([])
  })

  test('is told what was bought while nobody asked', async () => {
    const [one, other] = [machine(), machine()]
    await one.own.begin(attempt('a'))
    await one.own.settle(attempt('a'), { kind: 'bought', microUsd: 20_000, basis: 'usage' })
    expect(await other.monthMicroUsd()).toBe(0)
    await one.journal.begin(attempt('b', 40_000))
    expect(await other.monthMicroUsd()).toBe(60_000)
  })

  test.for(['warn', 'off'] as const)(
    'counts what a machine bought for which it says %s',
    async (level) => {
      const [unbound, bound] = [machine(level), machine()]
      await unbound.journal.begin(attempt('a', 70_000))
      expect(await bound.monthMicroUsd()).toBe(70_000)
      tier.faults.refusesWrites = true
      await unbound.journal.begin(attempt('b', 90_000))
      tier.faults.refusesWrites = false
      await unbound.journal.settle(attempt('b'), {
        kind: 'bought',
        microUsd: 20_000,
        basis: 'usage',
      })
      expect(await bound.monthMicroUsd()).toBe(90_000)
      await expect(bound.journal.begin(attempt('c', 20_000))).rejects.toThrow('of a budget')
    },
  )

  test('keeps what nobody could tell the end of, until it tells it before the next one', async () => {
    const one = machine()
    await one.journal.begin(attempt('a'))
    tier.faults.refusesWrites = true
    await one.journal.settle(attempt('a'), { kind: 'bought', microUsd: 20_000, basis: 'usage' })
    tier.faults.refusesWrites = false
    const other = machine()
    expect(await other.monthMicroUsd()).toBe(50_000)
    await one.journal.begin(attempt('b', 40_000))
    expect(await other.monthMicroUsd()).toBe(60_000)
  })

  test.for(['isMute', 'refusesWrites'] as const)(
    'takes nothing from a tier that %s',
    async (fault) => {
      const one = machine()
      tier.faults[fault] = true
      await expect(one.journal.begin(attempt('a'))).rejects.toThrow(/403|503/)
      expect(await one.own.open()).toEqual([])
    },
  )
})

describe('a batch, on machines that share a ledger', () => {
  const request = (id: typeof requestHash, worstMicroUsd: number) => ({ id, worstMicroUsd })
  const second = requestHashOf(requestIn('![gen: a hare]()').request)
  const record = {
    order: 'one',
    provider: 'fake',
    since: '2026-11-23T00:00:00.000Z',
    requests: [request(requestHash, 50_000), request(second, 30_000)],
  }

  test('is reserved as a whole, less what others have in hand, and nothing where it is withdrawn', async () => {
    const [one, other] = [machine(), machine()]
    const { batches } = one.journal
    await batches?.write(record)
    expect(await other.monthMicroUsd()).toBe(80_000)
    await batches?.write({ ...record, requests: [request(second, 30_000)] })
    expect(await other.monthMicroUsd()).toBe(30_000)
    await batches?.forget('one')
    expect(await other.monthMicroUsd()).toBe(0)
  })

  test('stays reserved once it was handed in, until its requests are settled', async () => {
    const [one, other] = [machine(), machine()]
    const { batches } = one.journal
    await batches?.write(record)
    await batches?.write({ ...record, batch: 'batch_1' })
    await batches?.write({ ...record, batch: 'batch_1', requests: [request(second, 30_000)] })
    const intent = { ...attempt('one'), at: record.since }
    await one.journal.settle(intent, { kind: 'bought', microUsd: 5000, basis: 'usage' })
    expect(await other.monthMicroUsd()).toBe(35_000)
  })

  test('is no charge less where the provider knows nothing of it', async () => {
    const [one, other] = [machine(), machine()]
    const { batches } = one.journal
    await batches?.write(record)
    const intent = { ...attempt('one'), at: record.since }
    await one.journal.settle(intent, { kind: 'unknown', message: 'gone' })
    await batches?.forget('one')
    expect(await other.monthMicroUsd()).toBe(50_000)
  })
})
