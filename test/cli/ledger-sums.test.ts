import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { LedgerLine } from '../../packages/core/src/ports.ts'
import { boughtAt, refusedAt, unknownAt } from '../support/ledger-lines.ts'
import { type TestProject, makeProject } from '../support/project.ts'
import { runCli } from '../support/run-cli.ts'

const isAccount = new Ajv2020().compile(
  JSON.parse(
    readFileSync(
      fileURLToPath(new URL('../../packages/cli/ledger.schema.json', import.meta.url)),
      'utf8',
    ),
  ),
)

const here = '.imprompt/ledger/2026-11/here.jsonl'
const there = '.imprompt/ledger/2026-11/there.jsonl'
const lines = (...all: readonly LedgerLine[]): string =>
  all.map((line) => `${JSON.stringify(line)}\n`).join('')

let project: TestProject
beforeEach(() => {
  project = makeProject({
    '.imprompt/ledger/2026-10/here.jsonl': lines(boughtAt('2026-10-31T12:00:00.000Z', 38_000)),
    [here]: lines(
      boughtAt('2026-11-01T12:00:00.000Z', 40_000),
      refusedAt('2026-11-02T12:00:00.000Z', 0),
    ),
    [there]: lines(
      unknownAt('2026-11-03T12:00:00.000Z', { page: 'posts/hen.md', model: 'fake-2' }),
    ),
  })
})
afterEach(() => project[Symbol.dispose]())

const ledger = (...args: readonly string[]) => runCli(project.root, ['ledger', ...args])

/** An object that the published schema has checked. */
async function accountOf(...args: readonly string[]) {
  const { code, stdout } = await ledger('--json', ...args)
  expect(code).toBe(0)
  const account = JSON.parse(stdout)
  expect(isAccount(account) ? [] : isAccount.errors).toEqual([])
  return account
}

describe('imprompt ledger', () => {
  test('sums what every writer told, by month', async () => {
    const { code, stdout, stderr } = await ledger()
    expect(stdout).toMatch(/^ {2}month .*\n {2}2026-10 .*\n {2}2026-11 .*\n {2}total .*\n/)
    expect(stdout).toMatch(/ {2}total +2 +1 +1 +\$0\.078 +\$0\.128 +-2\.5 %\n/)
    expect(stdout).toContain(
      'covers `.imprompt/ledger`, and what this checkout bought on other branches',
    )
    expect(stderr).toBe('')
    expect(code).toBe(0)
  })

  test.for([
    [[], ['2026-10', '2026-11']],
    [
      ['--by', 'day', '--since', '2026-11-02'],
      ['2026-11-02', '2026-11-03'],
    ],
    [
      ['--by', 'model'],
      ['fake-1', 'fake-2'],
    ],
    [
      ['--by', 'page'],
      ['posts/fox.md', 'posts/hen.md'],
    ],
    [['--by', 'provider'], ['fake']],
  ] as const)('%j has the rows %j, in the published form', async ([args, names]) => {
    const { rows } = await accountOf(...args)
    expect(rows.map(({ name }: { readonly name: string }) => name)).toEqual(names)
  })

  test('tells what it covers and since when', async () => {
    expect(await accountOf('--since', '2026-11-03')).toMatchObject({
      schema: 1,
      covers: '.imprompt/ledger',
      by: 'month',
      since: '2026-11-03',
      totals: { attempts: 1, unknownMicroUsd: 50_000 },
      faults: [],
    })
  })

  test('warns of a line that cannot be read, with file and line, and sums the rest', async () => {
    const whole = readFileSync(project.path(here), 'utf8')
    project.write({ [here]: `${whole}<<<<<<< HEAD\n{"schema":2}\n` })
    const { code, stdout, stderr } = await ledger()
    expect(stderr).toContain(`warning: ${here}:3: it tells of no attempt`)
    expect(stderr).toContain(`warning: ${here}:4: it was written by a newer version of imprompt`)
    expect(stdout).toMatch(/ {2}total +2 +1 +1 +\$0\.078 /)
    expect(code).toBe(0)
    expect(await accountOf()).toMatchObject({
      totals: { attempts: 4 },
      faults: [
        { kind: 'corrupt', path: here, line: 3 },
        { kind: 'unverifiable', path: here, line: 4 },
      ],
    })
  })

  test('is empty without a ledger, and needs neither key nor store', async () => {
    using empty = makeProject({})
    const { code, stdout, stderr } = await runCli(empty.root, ['ledger'])
    expect(stdout).toMatch(/^no attempt in the ledger\ncovers/)
    expect([code, stderr]).toEqual([0, ''])
  })

  test.for([
    [['--by', 'year'], 'expected month, day, model, page, provider'],
    [['--since', 'yesterday'], 'expected a day such as `2026-11-30`'],
    [['--since', '2026-11-31'], 'expected a day such as `2026-11-30`'],
    [['--since', '2026-11-30T00:00:00Z'], 'expected a day such as `2026-11-30`'],
  ] as const)('refuses %j', async ([args, message]) => {
    const { code, stderr } = await ledger(...args)
    expect(stderr).toContain(message)
    expect(code).toBe(2)
  })

  test('alone takes its options', async () => {
    const { code, stderr } = await runCli(project.root, ['verify', '--by', 'month'])
    expect(stderr).toContain('Unexpected `--by`, which goes with ledger')
    expect(code).toBe(2)
  })
})
