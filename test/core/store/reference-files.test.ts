import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fsReferenceFiles } from '../../../packages/core/src/store/reference-files.ts'
import { testUnless } from '../../support/skip.ts'
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

const bomb = Buffer.from(await png({ width: 32, height: 16 }))
bomb.writeUInt32BE(60_000, 16)
bomb.writeUInt32BE(60_000, 20)

test.for<readonly [string, string | Uint8Array, string]>([
  ['of no bytes', '', 'it is no PNG, JPEG or WebP'],
  ['of a signature alone', bomb.subarray(0, 8), 'it cannot be read as a picture'],
  ['of a web page', '<!doctype html>', 'it is no PNG, JPEG or WebP'],
  ['of a drawing', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'it is no PNG, JPEG or WebP'],
  ['of an animation', 'GIF89a', 'it is no PNG, JPEG or WebP'],
  ['of 60,000² pixels', bomb, 'it cannot be read as a picture'],
])('a file %s cannot go along', async ([, content, reason]) => {
  writeFileSync(join(root, 'b.png'), content)
  expect(await fsReferenceFiles(root).find('b.png')).toEqual({ kind: 'unsuitable', reason })
})

test('a file of 500 MB is not read', async () => {
  truncateSync(join(root, 'a.png'), 500_000_000)
  const before = process.memoryUsage().rss
  expect(await fsReferenceFiles(root).find('a.png')).toEqual({
    kind: 'unsuitable',
    reason: 'it has 500000000 bytes, and may have less than 50 MB',
  })
  expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000)
})

test.for([
  ['..hidden', 'it is no file'],
  ['a.png/b.png', 'it cannot be read as a picture'],
  ['loop.png', 'it cannot be read as a picture'],
  ['a\0.png', 'it cannot be read as a picture'],
  [`${'a'.repeat(300)}.png`, 'it cannot be read as a picture'],
  ['link.png', 'it stands outside of the project'],
  ['linked/secret.png', 'it stands outside of the project'],
  ['../secret.png', 'it stands outside of the project'],
] as const)('%j cannot go along', async ([path, reason]) => {
  symlinkSync('loop.png', join(root, 'loop.png'))
  symlinkSync(folder, join(root, 'linked'))
  expect(await fsReferenceFiles(root).find(path)).toEqual({ kind: 'unsuitable', reason })
})

test('a link to nowhere is no file', async () => {
  symlinkSync('gone.png', join(root, 'nowhere.png'))
  expect(await fsReferenceFiles(root).find('nowhere.png')).toEqual({ kind: 'absent' })
})

const windows = process.platform === 'win32' ? 'Windows has no pipes among its files' : undefined
testUnless(windows)('a pipe is not waited for', async () => {
  execFileSync('mkfifo', [join(root, 'pipe.png')])
  expect(await fsReferenceFiles(root).find('pipe.png')).toMatchObject({ reason: 'it is no file' })
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
