import { expect, test } from 'vitest'
import { requestHashOf } from '../../../packages/core/src/key/key.ts'
import { fsJournal } from '../../../packages/core/src/store/journal.ts'
import { makeProject } from '../../support/project.ts'

const requestHash = requestHashOf({
  provider: 'fake',
  model: 'fake-1',
  prompt: 'a bomb',
  size: { width: 1024, height: 1024 },
  take: 1,
})
const refused = {
  kind: 'refused',
  code: 'moderation_blocked',
  message: 'blocked',
  requestId: 'req_1',
} as const

test.for([
  ['2026-12-23T12:00:00Z', [refused]],
  ['2026-12-24T12:00:01Z', []],
] as const)('a refusal of 24 November is remembered on %s: %j', async ([day, verdicts]) => {
  using project = makeProject({})
  const at = (text: string) => ({ now: () => new Date(text) })
  const journal = fsJournal(project.root, at('2026-11-24T12:00:00Z'))
  const intent = { id: 'one', requestHash, worstMicroUsd: 50_000 }
  await journal.begin(intent)
  await journal.settle(intent, refused)
  const later = await fsJournal(project.root, at(day)).verdicts()
  expect([...later.values()]).toEqual(verdicts)
})
