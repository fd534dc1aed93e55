import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { requestHashOf } from '../../../packages/core/src/key/key.ts'
import type { LedgerLine } from '../../../packages/core/src/ports.ts'
import { type FsLedger, fsLedger } from '../../../packages/core/src/store/ledger.ts'
import { type TestProject, makeProject } from '../../support/project.ts'

const requestHash = requestHashOf({
  provider: 'fake',
  model: 'fake-1',
  prompt: 'a fox',
  size: { width: 1024, height: 1024 },
  take: 1,
})

const unknown: LedgerLine = {
  schema: 1,
  attempt: 'one',
  at: '2026-11-30T23:59:59.999Z',
  requestHash,
  provider: 'fake',
  model: 'fake-1',
  expectedMicroUsd: 40_000,
  worstMicroUsd: 50_000,
  end: 'unknown',
}
const bought: LedgerLine = { ...unknown, end: 'bought', microUsd: 41_000, basis: 'usage' }
const refused: LedgerLine = {
  ...unknown,
  end: 'refused',
  microUsd: 0,
  basis: 'usage',
  code: 'moderation_blocked',
}

let project: TestProject
let ledger: FsLedger
beforeEach(() => {
  project = makeProject({})
  ledger = fsLedger(project.root)
})
afterEach(() => project[Symbol.dispose]())

/** The file of this checkout. */
function file(month = '2026-11'): string {
  const [name = ''] = readdirSync(project.path(`ledger/${month}`))
  return project.path(`ledger/${month}/${name}`)
}

describe('a ledger in a folder', () => {
  test('tells nothing where there is none', async () => {
    expect(await ledger.read()).toEqual({ attempts: [], faults: [] })
  })

  test('tells of each attempt in the file of its month and of its writer', async () => {
    const december = { ...bought, attempt: 'two', at: '2026-12-01T00:00:00.000Z' }
    await ledger.append(unknown)
    await ledger.append(december)
    expect(readFileSync(file(), 'utf8')).toBe(`${JSON.stringify(unknown)}\n`)
    expect(readFileSync(file('2026-12'), 'utf8')).toBe(`${JSON.stringify(december)}\n`)
    expect(readdirSync(project.path('ledger/2026-11'))).toEqual(
      readdirSync(project.path('ledger/2026-12')),
    )
    expect(await ledger.read()).toEqual({ attempts: [unknown, december], faults: [] })
  })

  test.for([
    [[unknown, bought], bought],
    [[bought, unknown], bought],
    [[refused, unknown], unknown],
    [[unknown, refused], refused],
    [[unknown, unknown], unknown],
  ] as const)('has one line of an attempt stand: %j', async ([lines, stands]) => {
    for (const line of lines) await ledger.append(line)
    expect((await ledger.read()).attempts).toEqual([stands])
    expect(await ledger.lineOf(unknown)).toEqual(stands)
  })

  test('tells apart what attempts share a name or a request', async () => {
    const other = requestHashOf({
      provider: 'fake',
      model: 'fake-1',
      prompt: 'a hen',
      size: { width: 1024, height: 1024 },
      take: 1,
    })
    const lines = [unknown, { ...bought, attempt: 'two' }, { ...refused, requestHash: other }]
    for (const line of lines) await ledger.append(line)
    expect((await ledger.read()).attempts).toEqual(lines)
    expect(await ledger.lineOf({ ...unknown, attempt: 'three' })).toBeUndefined()
  })

  test('counts an attempt once that two machines tell of', async () => {
    await ledger.append(bought)
    writeFileSync(project.path('ledger/2026-11/other.jsonl'), `${JSON.stringify(bought)}\n`)
    expect((await ledger.read()).attempts).toEqual([bought])
  })

  test.for(['{"schema":1,"attempt":"ze', '\0\0\0', '<<<<<<< HEAD'])(
    'has a line that ends in `%s` spoil none that follows, and tells where it is',
    async (torn) => {
      await ledger.append(unknown)
      appendFileSync(file(), torn)
      await ledger.append({ ...bought, attempt: 'two' })
      await ledger.append({ ...bought, attempt: 'three' })
      const { attempts, faults } = await ledger.read()
      expect(attempts.map(({ attempt }) => attempt)).toEqual(['one', 'two', 'three'])
      expect(faults).toMatchObject([{ kind: 'corrupt', path: file(), line: 2 }])
    },
  )

  test.for([
    [{ ...unknown, worstMicroUsd: -1 }, 'corrupt'],
    [{ ...bought, microUsd: 0.5 }, 'corrupt'],
    [{ ...bought, requestHash: 'a' }, 'corrupt'],
    [{ ...unknown, at: 'today' }, 'corrupt'],
    [{ ...unknown, key: 'posts/fox.md' }, 'corrupt'],
    [{ schema: 2, whatever: 1 }, 'unverifiable'],
  ] as const)('takes no amount from %j', async ([line, kind]) => {
    project.write({ 'ledger/2026-11/a.jsonl': `${JSON.stringify(line)}\r\n` })
    const { attempts, faults } = await ledger.read()
    expect(attempts).toEqual([])
    expect(faults).toMatchObject([{ kind, line: 1 }])
  })

  test('tells what cannot be read at all', async () => {
    mkdirSync(project.path('ledger/2026-11/a.jsonl'), { recursive: true })
    expect(await ledger.read()).toMatchObject({
      attempts: [],
      faults: [{ kind: 'unverifiable', path: project.path('ledger/2026-11/a.jsonl') }],
    })
    rmSync(project.path('ledger'), { recursive: true })
    project.write({ ledger: '' })
    expect(await ledger.read()).toMatchObject({
      faults: [{ kind: 'unverifiable', path: project.path('ledger') }],
    })
  })

  test('takes every line of writers side by side, who share one name', async () => {
    const lines = Array.from({ length: 40 }, (_one, at) => ({ ...bought, attempt: `a${at}` }))
    // Each as a process that finds no name yet.
    await Promise.all(lines.map((line) => fsLedger(project.root).append(line)))
    expect(readdirSync(project.path('ledger/2026-11'))).toHaveLength(1)
    const { attempts, faults } = await ledger.read()
    expect(faults).toEqual([])
    expect(attempts.map(({ attempt }) => attempt).toSorted()).toEqual(
      lines.map(({ attempt }) => attempt).toSorted(),
    )
  })

  test('writes on where its name is spoilt', async () => {
    project.write({ 'journal/writer': '../../etc' })
    await ledger.append(unknown)
    await ledger.append(bought)
    expect(readdirSync(project.path('ledger/2026-11'))).toHaveLength(1)
    expect(readFileSync(file(), 'utf8').split('\n')).toHaveLength(3)
    expect(readdirSync(project.path('tmp'))).toEqual([])
  })
})
