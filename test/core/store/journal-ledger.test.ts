import { readFileSync, readdirSync, rmSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Intent, Journal, LedgerLine, Store } from '../../../packages/core/src/ports.ts'
import { recover } from '../../../packages/core/src/resolve/recover.ts'
import { fsStore } from '../../../packages/core/src/store/fs-store.ts'
import { fsJournal } from '../../../packages/core/src/store/journal.ts'
import { fsLedger } from '../../../packages/core/src/store/ledger.ts'
import { entryOfBytes } from '../../support/entries.ts'
import { freeClaims, requestIn } from '../../support/fakes.ts'
import { type TestProject, makeProject } from '../../support/project.ts'

const original = Buffer.from('bytes that were paid for')
const entry = entryOfBytes(requestIn('![gen: a fox]()'), original, { requestId: 'req_1' })
const { requestHash } = entry
const bought = { kind: 'bought', microUsd: 41_000, basis: 'usage' } as const
const reset = { kind: 'unknown', message: 'reset', requestId: 'req_9' } as const

let project: TestProject
let folder: string
let store: Store
let journal: Journal
let today: Date
beforeEach(() => {
  project = makeProject({})
  folder = project.path('.imprompt')
  store = fsStore(folder)
  today = new Date('2026-11-30T12:00:00Z')
  journal = fsJournal(folder, { now: () => today })
})
afterEach(() => project[Symbol.dispose]())

const subject = { key: entry.key, place: 'posts/fox.md:3', page: 'posts/fox.md' }

function attempt(id = 'one'): Intent {
  const amounts = { microUsd: 40_000, worstMicroUsd: 50_000 }
  return { id, requestHash, ...subject, provider: 'fake', model: 'fake-1', ...amounts }
}

/** Begins, and is settled or left. */
async function began(id = 'one'): Promise<Intent> {
  await journal.begin(attempt(id))
  return attempt(id)
}

async function attempts(): Promise<readonly LedgerLine[]> {
  const { attempts: all, faults } = await fsLedger(folder).read()
  expect(faults).toEqual([])
  return all
}

/** Every line, also those that another one stands for. */
function lines(): readonly string[] {
  const months = readdirSync(join(folder, 'ledger'))
  return months.flatMap((month) =>
    readdirSync(join(folder, 'ledger', month)).flatMap((name) =>
      readFileSync(join(folder, 'ledger', month, name), 'utf8')
        .split('\n')
        .slice(0, -1),
    ),
  )
}

const recovered = (): Promise<void> => recover({ store, journal, claims: freeClaims })

const told = {
  schema: 1,
  attempt: 'one',
  at: '2026-11-30T12:00:00.000Z',
  requestHash,
  ...subject,
  provider: 'fake',
  model: 'fake-1',
  expectedMicroUsd: 40_000,
  worstMicroUsd: 50_000,
}

describe('the ledger tells', () => {
  test.for([
    [bought, { end: 'bought', microUsd: 41_000, basis: 'usage' }],
    [
      { ...bought, basis: 'estimate', requestId: 'req_1' },
      { end: 'bought', microUsd: 41_000, basis: 'estimate', requestId: 'req_1' },
    ],
    [
      { kind: 'refused', code: 'blocked', message: 'no' },
      { end: 'refused', microUsd: 0, basis: 'usage', code: 'blocked' },
    ],
    [
      { kind: 'refused', code: 'no_picture', message: 'no', microUsd: 300, requestId: 'req_2' },
      {
        end: 'refused',
        microUsd: 300,
        basis: 'usage',
        code: 'no_picture',
        requestId: 'req_2',
      },
    ],
    [
      { kind: 'released', refusal: { code: 'quota' } },
      { end: 'refused', microUsd: 0, basis: 'usage', code: 'quota' },
    ],
    [reset, { end: 'unknown', requestId: 'req_9' }],
  ] as const)('of an attempt that is %j', async ([settlement, end]) => {
    const intent = await began()
    today = new Date('2026-12-01T00:00:01Z')
    await journal.settle(intent, settlement)
    expect(await attempts()).toEqual([{ ...told, ...end }])
  })

  test('nothing of what was never sent, and no message', async () => {
    await journal.settle(await began(), { kind: 'released' })
    expect(await attempts()).toEqual([])
    await journal.settle(await began(), reset)
    expect(lines().join('')).not.toContain('reset')
  })

  test.for([
    [[bought, bought], ['bought']],
    [[reset, reset], ['unknown']],
    [
      [reset, bought, reset],
      ['unknown', 'bought'],
    ],
  ] as const)('of %j no more than it needs', async ([settlements, ends]) => {
    const intent = { ...attempt(), at: '2026-11-30T11:00:00.000Z' }
    for (const settlement of settlements) await journal.settle(intent, settlement)
    expect(lines().map((line) => JSON.parse(line).end)).toEqual(ends)
  })

  test('of every unknown charge that a purchase of the same request leaves behind', async () => {
    await journal.settle(await began('one'), reset)
    await began('two')
    const torn = `.imprompt/journal/${requestHash}.torn.json`
    project.write({ [torn]: '{' })
    utimesSync(project.path(torn), today, today)
    await journal.settle(await began('four'), bought)
    expect((await attempts()).map(({ attempt: id, end }) => [id, end])).toEqual([
      ['one', 'unknown'],
      ['torn', 'unknown'],
      ['two', 'unknown'],
      ['four', 'bought'],
    ])
    expect(lines()).toHaveLength(4)
    expect((await journal.verdicts()).size).toBe(0)
  })
})

describe('the next build tells the ledger', () => {
  test('of an attempt that a kill left, once, and bars its request further on', async () => {
    await began()
    today = new Date('2026-12-02T00:00:00Z')
    await recovered()
    await recovered()
    expect(await attempts()).toEqual([{ ...told, end: 'unknown' }])
    expect(lines()).toHaveLength(1)
    expect([...(await journal.verdicts()).values()]).toMatchObject([
      { kind: 'unknown', worstMicroUsd: 50_000 },
    ])
  })

  test('nothing of what another build is about', async () => {
    await began()
    await recover({ store, journal, claims: { ...freeClaims, isHeld: async () => true } })
    expect(await attempts()).toEqual([])
  })

  test('of a purchase that was stored, and strikes it out', async () => {
    const intent = await began()
    await journal.receive(intent, entry)
    await store.keep(entry, original)
    await recovered()
    expect(await attempts()).toEqual([
      { ...told, end: 'bought', microUsd: 41_000, basis: 'usage', requestId: 'req_1' },
    ])
    expect(await journal.unfinished()).toEqual([])
  })

  test.for([
    [bought, 'bought'],
    [{ kind: 'refused', code: 'blocked', message: 'no' }, 'refused'],
  ] as const)('nothing more where a kill came after it was told of %j', async ([end, name]) => {
    const intent = await began()
    const record = readFileSync(project.path(`.imprompt/journal/${requestHash}.one.json`))
    await journal.settle(intent, end)
    project.write({ [`.imprompt/journal/${requestHash}.one.json`]: record })
    await recovered()
    expect((await attempts()).map((line) => line.end)).toEqual([name])
    expect(lines()).toHaveLength(1)
    expect(await journal.unfinished()).toEqual([])
  })

  test('that what was unknown is bought where its bytes turn up', async () => {
    const intent = await began()
    await journal.receive(intent, entry)
    await recovered()
    expect(await attempts()).toMatchObject([{ end: 'unknown' }])
    await store.quarantine(original)
    await recovered()
    expect(await attempts()).toMatchObject([{ end: 'bought', microUsd: 41_000 }])
    expect(lines()).toHaveLength(2)
  })

  test('what it could not be told before', async () => {
    const intent = await began()
    await journal.receive(intent, entry)
    await store.keep(entry, original)
    project.write({ '.imprompt/ledger/2026-11': 'a file where a folder should be' })
    await expect(journal.settle(intent, bought)).rejects.toThrow(/EEXIST|ENOTDIR/)
    rmSync(project.path('.imprompt/ledger/2026-11'))
    await recovered()
    expect(await attempts()).toMatchObject([{ end: 'bought' }])
    expect((await journal.verdicts()).size).toBe(0)
  })

  test.for([
    [{ kind: 'refused', code: 'blocked', message: 'no', requestId: 'req_2' }, 0],
    [{ kind: 'refused', code: 'no_picture', message: 'no', microUsd: 300 }, 300],
    [{ kind: 'released', refusal: { code: 'quota', requestId: 'req_2' } }, 0],
  ] as const)(
    'of an attempt that is %j, and that is in doubt at no time',
    async ([end, microUsd]) => {
      const intent = await began()
      project.write({ '.imprompt/ledger': '' })
      await expect(journal.settle(intent, end)).rejects.toThrow(/EEXIST|ENOTDIR/)
      const kinds = (): Promise<readonly string[]> =>
        journal.verdicts().then((all) => [...all.values()].map(({ kind }) => kind))
      const remembered = end.kind === 'refused' ? ['refused'] : []
      expect(await kinds()).toEqual(remembered)
      await recovered()
      expect(await kinds()).toEqual(remembered)
      rmSync(project.path('.imprompt/ledger'))
      await recovered()
      expect(await attempts()).toMatchObject([{ end: 'refused', microUsd }])
      expect(await kinds()).toEqual(remembered)
      expect(await journal.unfinished()).toEqual([])
    },
  )

  test('of an unknown charge whose message was written down without it', async () => {
    const intent = await began()
    project.write({ '.imprompt/ledger': '' })
    await expect(journal.settle(intent, reset)).rejects.toThrow(/EEXIST|ENOTDIR/)
    expect([...(await journal.verdicts()).values()]).toMatchObject([{ message: 'reset' }])
    rmSync(project.path('.imprompt/ledger'))
    await recovered()
    expect(await attempts()).toMatchObject([{ end: 'unknown' }])
    expect([...(await journal.verdicts()).values()]).toMatchObject([{ message: 'reset' }])
  })
})

test('a journal without a clock keeps no ledger', async () => {
  await fsJournal(folder).settle(await began(), bought)
  expect(await attempts()).toEqual([])
})
