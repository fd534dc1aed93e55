import { rmSync } from 'node:fs'
import { expect, test } from 'vitest'
import { fsLedger } from '../../../packages/core/src/store/ledger.ts'
import { boughtAt } from '../../support/ledger-lines.ts'
import { makeProject } from '../../support/project.ts'

const line = boughtAt('2026-11-24T12:00:00.000Z', 40_000)

test('a ledger tells also what this checkout bought on a branch that is not checked out', async () => {
  using project = makeProject({})
  const ledger = fsLedger(project.root)
  await ledger.append(line)
  rmSync(project.path('ledger'), { recursive: true })
  expect(await ledger.read('2026-11')).toEqual({ attempts: [line], faults: [] })
  const other = boughtAt('2026-11-24T13:00:00.000Z', 41_000)
  await ledger.append(other)
  expect((await fsLedger(project.root).read()).attempts.toSorted(byTime)).toEqual([line, other])
})

test('a ledger tells of an attempt once where both its files do', async () => {
  using project = makeProject({})
  await fsLedger(project.root).append({ ...line, end: 'unknown' })
  await fsLedger(project.root).append(line)
  expect(await fsLedger(project.root).read()).toEqual({ attempts: [line], faults: [] })
})

function byTime(one: { readonly at: string }, other: { readonly at: string }): number {
  return one.at.localeCompare(other.at)
}
