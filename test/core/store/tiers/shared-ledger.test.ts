import { beforeEach, describe, expect, test } from 'vitest'
import { requestHashOf } from '../../../../packages/core/src/key/key.ts'
import type {
  DerivedStore,
  LedgerLine,
  RemoteTier,
  SharedLedger,
} from '../../../../packages/core/src/ports.ts'
import {
  coordinatedLedger,
  tierLedger,
} from '../../../../packages/core/src/store/tiers/shared-ledger.ts'
import { requestIn } from '../../../support/fakes.ts'
import { type MemoryTier, memoryTier } from '../../../support/memory-tier.ts'

const requestHash = requestHashOf(requestIn('![gen: a fox]()').request)

let tier: MemoryTier
let cache: Map<string, Uint8Array>
beforeEach(() => {
  tier = memoryTier()
  cache = new Map()
})

const noCache: Pick<DerivedStore, 'get' | 'put'> = {
  get: async () => undefined,
  put: async () => {},
}

function keptIn(kept: Map<string, Uint8Array>): Pick<DerivedStore, 'get' | 'put'> {
  return {
    get: async (key) => kept.get(key),
    put: async (key, _extension, bytes) => void kept.set(key, bytes),
  }
}

function machine(on: RemoteTier = tier, fetched = noCache): SharedLedger {
  return tierLedger({ name: 'memory', tier: on, fetched })
}

function line(attempt: string, at = '2026-11-24T12:00:00.000Z'): LedgerLine {
  return { schema: 1, attempt, at, requestHash, worstMicroUsd: 50_000, end: 'unknown' }
}

function bought(attempt: string): LedgerLine {
  return { ...line(attempt), end: 'bought', microUsd: 41_000, basis: 'usage' }
}

const attemptsIn = async (ledger: SharedLedger, month = '2026-11'): Promise<readonly string[]> =>
  (await ledger.read(month)).map(({ attempt }) => attempt)

describe('a ledger that machines share', () => {
  test('tells each of them what the others told, by month', async () => {
    const [one, other] = [machine(), machine()]
    expect(await one.read('2026-11')).toEqual([])
    await one.add([line('a'), line('b')])
    await other.add([line('c', '2026-12-01T00:00:00.000Z')])
    await other.add([line('d')])
    for (const each of [one, other, machine()]) {
      expect(await attemptsIn(each)).toEqual(['a', 'b', 'd'])
      expect(await attemptsIn(each, '2026-12')).toEqual(['c'])
    }
    expect([...tier.objects.keys()]).toEqual([
      'ledger/2026-11/1.jsonl',
      'ledger/2026-12/1.jsonl',
      'ledger/2026-11/2.jsonl',
    ])
  })

  test('tells the line that stands of an attempt, and none of one that was released', async () => {
    await machine().add([line('a'), line('b')])
    await machine().add([bought('a')])
    await machine().add([line('a')])
    const { schema, at } = line('b')
    await machine().add([{ schema, at, requestHash, attempt: 'b', end: 'released' }])
    expect(await machine().read('2026-11')).toEqual([bought('a')])
  })

  test('takes no line against an objection to what stands before it, whoever was faster', async () => {
    const asked: number[] = []
    const atMost =
      (count: number) =>
      (told: readonly LedgerLine[]): string | undefined => {
        asked.push(told.length)
        return told.length < count ? undefined : `${told.length} are there`
      }
    const all = Array.from({ length: 20 }, (_none, at) =>
      machine().add([line(String(at))], atMost(7)),
    )
    const answers = await Promise.all(all)
    expect(answers.filter((answer) => answer === undefined)).toHaveLength(7)
    expect(new Set(answers)).toEqual(new Set([undefined, '7 are there']))
    expect(await attemptsIn(machine())).toHaveLength(7)
    expect(asked.length).toBeGreaterThan(20)
  })

  test('is read once where a cache keeps it, and no more than grew later', async () => {
    for (let at = 0; at < 100; at += 1) await machine().add([line(String(at))])
    expect(await attemptsIn(machine(tier, keptIn(cache)))).toHaveLength(100)
    await machine().add([line('more')])
    tier.calls.splice(0)
    expect(await attemptsIn(machine(tier, keptIn(cache)))).toHaveLength(101)
    expect(tier.calls.length).toBeLessThan(10)
    expect(tier.calls).not.toContain('get ledger/2026-11/100.jsonl')
  })

  test.for(['{', '[1]', '"a"'])('is read afresh where its cache holds %s', async (text) => {
    await machine().add([line('a')])
    const spoilt = { get: async () => Buffer.from(text), put: async () => {} }
    expect(await attemptsIn(machine(tier, spoilt))).toEqual(['a'])
  })
})

describe('nobody can tell what was spent', () => {
  test('where the tier does not answer, or refuses a line', async () => {
    tier.faults.isMute = true
    await expect(machine().read('2026-11')).rejects.toThrow('503')
    await expect(machine().add([line('a')])).rejects.toThrow('403')
    tier.faults.isMute = false
    tier.faults.refusesWrites = true
    await expect(machine().add([line('a')])).rejects.toThrow('403')
  })

  test('where a part is longer than anybody reads, which is not written', async () => {
    const place = 'a'.repeat(50_000_000)
    await expect(machine().add([line('a'), { ...line('b'), place }])).rejects.toThrow(
      'the ledger of `memory` takes no 2 lines at once',
    )
    expect(tier.objects.size).toBe(0)
  })

  test('where a part was deleted', async () => {
    for (const attempt of ['a', 'b', 'c', 'd']) await machine().add([line(attempt)])
    tier.objects.delete('ledger/2026-11/3.jsonl')
    await expect(machine().read('2026-11')).rejects.toThrow(
      '`memory/ledger/2026-11/3.jsonl` was deleted, so that nobody can tell what was spent',
    )
  })

  test.for([
    ['{"schema":1}\n', 'it tells of no attempt'],
    ['nonsense\n', 'it tells of no attempt'],
    ['{"schema":2}\n', 'a newer version of imprompt wrote it'],
  ])('where a part holds %j', async ([text = '', reason = '']) => {
    tier.objects.set('ledger/2026-11/1.jsonl', Buffer.from(text))
    await expect(machine().read('2026-11')).rejects.toThrow(reason)
  })

  test('a part that comes while later ones are asked for is no gap', async () => {
    for (const attempt of ['a', 'b', 'c']) await machine().add([line(attempt)])
    let isLate = true
    const late: RemoteTier = {
      ...tier,
      get: async (name, maxBytes) => {
        if (!name.endsWith('/2.jsonl') || !isLate) return tier.get(name, maxBytes)
        isLate = false
        return { kind: 'absent' }
      },
    }
    expect(await attemptsIn(machine(late))).toEqual(['a', 'b', 'c'])
  })
})

describe('where machines cannot wait for each other', () => {
  const cannot = async (): Promise<boolean> => false

  test('each makes do with its own ledger', async () => {
    const ledger = coordinatedLedger(machine(), cannot, false)
    expect(await ledger.add([line('a')])).toBeUndefined()
    expect(await ledger.add([line('a')], (told) => `${told.length} told`)).toBe('0 told')
    expect(tier.objects.size).toBe(0)
  })

  test('nothing is spent by a runner that takes its own along', async () => {
    const ledger = coordinatedLedger(machine(), cannot, true)
    await expect(ledger.add([line('a')])).rejects.toThrow('no remote keeps a ledger')
  })
})
