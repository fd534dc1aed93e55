import { expect, test } from 'vitest'
import { requestHashOf } from '../../../packages/core/src/key/key.ts'
import type { Intent } from '../../../packages/core/src/ports.ts'
import { fsJournal } from '../../../packages/core/src/store/journal.ts'
import { makeProject } from '../../support/project.ts'

const requestHash = requestHashOf({
  provider: 'fake',
  model: 'fake-1',
  prompt: 'a fox',
  size: { width: 1024, height: 1024 },
  take: 1,
})
const refused = { kind: 'refused', code: 'moderation_blocked', message: 'blocked' } as const

function attempt(id: string, worstMicroUsd: number): Intent {
  return { id, requestHash, worstMicroUsd }
}

test('an unknown charge is hidden by no refusal of another attempt', async () => {
  using project = makeProject({})
  const journal = fsJournal(project.root)
  await journal.settle(attempt('one', 50_000), refused)
  await journal.settle(attempt('two', 50_000), { kind: 'unknown', message: 'reset' })
  expect([...(await journal.verdicts()).values()]).toEqual([
    { kind: 'unknown', message: 'reset', worstMicroUsd: 50_000 },
  ])
})

test('unknown charges of one request are told together', async () => {
  using project = makeProject({})
  const journal = fsJournal(project.root)
  await journal.settle(attempt('one', 50_000), { kind: 'unknown', message: 'reset' })
  await journal.settle(attempt('two', 30_000), { kind: 'unknown', message: 'cut off' })
  expect([...(await journal.verdicts()).values()]).toEqual([
    { kind: 'unknown', message: 'reset; cut off', worstMicroUsd: 80_000 },
  ])
})

test('unknown charges of which one is unreadable tell no sum', async () => {
  using project = makeProject({})
  const journal = fsJournal(project.root)
  await journal.settle(attempt('one', 50_000), { kind: 'unknown', message: 'reset' })
  project.write({ [`journal/${requestHash}.a.json`]: '{' })
  const [verdict] = (await journal.verdicts()).values()
  expect(verdict).toMatchObject({ kind: 'unknown' })
  expect(verdict).not.toHaveProperty('worstMicroUsd')
})
