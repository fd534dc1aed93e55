import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Store } from '../../../packages/core/src/ports.ts'
import { fsJournal } from '../../../packages/core/src/store/journal.ts'
import { fsStore } from '../../../packages/core/src/store/fs-store.ts'
import { noIndex } from '../../../packages/core/src/store/look-up-index.ts'
import { collect as collectOn } from '../../../packages/core/src/upkeep/gc/collect.ts'
import { collect, thorough, twoPictures } from '../../support/collecting.ts'
import { emptyLedger } from '../../support/fakes.ts'
import { gitEnvironment } from '../../support/git-project.ts'
import { readOnly, readOnlyHindrance } from '../../support/read-only.ts'
import { testUnless } from '../../support/skip.ts'
import { virtualClock } from '../../support/virtual-clock.ts'

describe('a collection that fails midway tells what it deleted', () => {
  test('where an entry turns bad once others are gone', async () => {
    using project = await twoPictures()
    const { root, named, other } = project
    const { pipeline, storeFolder } = await project.open()
    const local = fsStore(storeFolder, noIndex)
    let looks = 0
    const damagedLater: Store = {
      ...local,
      entries: () => {
        looks += 1
        if (looks > 1) writeFileSync(join(root, named.entryFile), '{}')
        return local.entries()
      },
    }
    const ground = {
      root,
      storeFolder,
      settings: pipeline.settings,
      scan: pipeline.scan,
      local: damagedLater,
      journal: fsJournal(storeFolder),
      ledger: emptyLedger,
      environment: gitEnvironment,
      clock: { ...virtualClock(), now: () => new Date() },
      recover: async () => {},
    }
    await expect(collectOn(ground, thorough)).rejects.toMatchObject({
      code: 'STORE_DAMAGED',
      message: expect.stringMatching(/; 1 file was deleted before, .*: `images\/.*\.json`\. /),
    })
    expect(project.has(other.entryFile)).toBe(false)
    expect(project.has(other.originalFile)).toBe(true)
  })

  testUnless(readOnlyHindrance())('where a file cannot be deleted', async () => {
    using project = await twoPictures()
    const { root, other } = project
    {
      using _ = readOnly(join(root, dirname(other.originalFile)))
      await expect(collect(project)).rejects.toMatchObject({
        code: 'STORE_NOT_WRITABLE',
        message: expect.stringMatching(/cannot be deleted: .*; 1 file was deleted before/),
      })
    }
    expect(project.has(other.originalFile)).toBe(true)
    expect((await collect(project)).paid).toMatchObject([{ kind: 'orphan' }])
  })
})
