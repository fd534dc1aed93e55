import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fsReferenceFiles } from '../../../packages/core/src/store/reference-files.ts'
import { png } from '../../support/pictures.ts'

let folder = ''
let root = ''

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'imprompt-'))
  root = join(folder, 'site')
  mkdirSync(join(root, '..hidden'), { recursive: true })
  const picture = await png({ width: 32, height: 16 })
  for (const path of ['site/a.png', 'site/..hidden/b.png', 'secret.png'])
    writeFileSync(join(folder, path), picture)
  symlinkSync(join(folder, 'secret.png'), join(root, 'link.png'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

test.for([
  ['a.png', 'picture'],
  ['..hidden/b.png', 'picture'],
  ['none.png', 'absent'],
  ['link.png', 'unsuitable'],
  ['../secret.png', 'unsuitable'],
] as const)('%s is found as %s', async ([path, kind]) => {
  expect(await fsReferenceFiles(root).find(path)).toMatchObject({ kind })
})

test.for([
  ['is gone', (path: string) => rmSync(path)],
  ['holds something else', (path: string) => writeFileSync(path, 'text')],
] as const)('a file that %s since it was found is not read', async ([, change]) => {
  const files = fsReferenceFiles(root)
  const found = await files.find('a.png')
  if (found.kind !== 'picture') throw new Error('not found')
  expect(await files.read(found.sha256)).toMatchObject({ format: 'png' })
  change(join(root, 'a.png'))
  expect(await files.read(found.sha256)).toBeUndefined()
})
