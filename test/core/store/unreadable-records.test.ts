import { expect, test } from 'vitest'
import { fsJournal } from '../../../packages/core/src/store/journal.ts'
import { makeProject } from '../../support/project.ts'

const hash = 'a'.repeat(64)

test.for([
  ['an attempt', `journal/${hash}.one.json`],
  ['a refusal', `refusals/${hash}.json`],
  ['a batch', 'journal/batches/one.json'],
] as const)('a record of %s that cannot be read is told by its path', async ([, path]) => {
  // A folder in its place can be read by nobody, whoever runs the tests.
  using project = makeProject({ [`${path}/held.txt`]: '' })
  await expect(fsJournal(project.root).verdicts()).rejects.toMatchObject({
    code: 'STORE_UNREADABLE',
    message: expect.stringContaining(`${project.path(path)}\` cannot be read`),
  })
})

test.for(['journal', 'refusals'])(
  'a file in place of the folder %s hides no record',
  async (path) => {
    using project = makeProject({ [path]: '' })
    await expect(fsJournal(project.root).verdicts()).rejects.toMatchObject({
      code: 'STORE_UNREADABLE',
      message: expect.stringContaining('Nothing was bought'),
    })
  },
)
