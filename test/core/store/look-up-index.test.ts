import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Store } from '../../../packages/core/src/ports.ts'
import { sha256Of } from '../../../packages/core/src/key/key.ts'
import { entryPath, originalPath } from '../../../packages/core/src/store/address.ts'
import { fsStore } from '../../../packages/core/src/store/fs-store.ts'
import { lookUpIndex } from '../../../packages/core/src/store/look-up-index.ts'
import { entryOfBytes } from '../../support/entries.ts'
import { requestIn } from '../../support/fakes.ts'

const bytes = Buffer.from('the bytes of a picture')
const entry = entryOfBytes(requestIn('![gen: a fox]()'), bytes)
const hit = { kind: 'hit', value: true }

let folder: string
let original: string
let file: string
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'imprompt-'))
  original = join(folder, originalPath(entry.original))
  file = join(folder, entryPath(entry.key))
  await fsStore(folder).keep(entry, bytes)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** The store as it is seen when its files have not been touched for a while. */
function later(path = folder): Store {
  return fsStore(
    path,
    lookUpIndex(path, () => Date.now() + 10_000),
  )
}

/** Looks everything up, as a build does, and writes down what it found. */
async function lookUp(store = later()): Promise<void> {
  expect(await store.entry(entry.key)).toEqual({ kind: 'hit', value: entry })
  expect(await store.holds(entry)).toEqual(hit)
  await store.remember()
}

/** Where the index tells of a file whose name begins so. */
function pageOf(hash: string): string {
  return join(folder, 'index', `${hash.slice(0, 2)}.json`)
}

/** What the index says of the entry, changed by hand in a way that its hash agrees with. */
function forge(change: (text: string) => string): void {
  const path = pageOf(entry.key)
  const rest = change(readFileSync(path, 'utf8').slice(65))
  writeFileSync(path, `${sha256Of(Buffer.from(rest))}\n${rest}`)
}

test('what lies in a folder that was touched lately is read each time', async () => {
  await lookUp(fsStore(folder))
  expect(existsSync(join(folder, 'index'))).toBe(false)
})

test('what nobody touched is not read again, and what somebody replaced is', async () => {
  await lookUp()
  // A forged index shows that it is asked.
  forge((text) => text.replace('a fox', 'a hen'))
  const known = await later().entry(entry.key)
  expect(known).toMatchObject({ value: { request: { prompt: 'a hen' } } })
  const copy = readFileSync(file)
  rmSync(file)
  writeFileSync(file, copy)
  expect(await later().entry(entry.key)).toEqual({ kind: 'hit', value: entry })
})

test('other bytes under the name of an original are found, whatever their size and time', async () => {
  await lookUp()
  const { atime, mtime } = statSync(original)
  const flipped = Buffer.from(bytes)
  flipped[0] = (flipped[0] ?? 0) ^ 1
  writeFileSync(`${original}.new`, flipped)
  utimesSync(`${original}.new`, atime, mtime)
  renameSync(`${original}.new`, original)
  expect(await later().holds(entry)).toMatchObject({ kind: 'damaged' })
  rmSync(original)
  expect(await later().holds(entry)).toEqual({ kind: 'absent' })
})

test('bytes that are overwritten in place are found when they are read', async () => {
  await lookUp()
  writeFileSync(original, 'other')
  expect(await later().holds(entry)).toEqual(hit)
  expect(await later().original(entry)).toMatchObject({ kind: 'damaged' })
})

test('an entry that is replaced, damaged or gone is found so', async () => {
  await lookUp()
  const other = { ...entry, boughtAt: '2026-11-02T00:00:00.000Z' }
  await fsStore(folder).share(other)
  expect(await later().entry(entry.key)).toEqual({ kind: 'hit', value: other })
  appendFileSync(file, 'x')
  expect(await later().entry(entry.key)).toMatchObject({ kind: 'damaged' })
  rmSync(file)
  expect(await later().entry(entry.key)).toEqual({ kind: 'absent' })
  expect(await later().entries()).toEqual({ kind: 'hit', value: [] })
})

test('a store that is used on and on looks at its folders anew after each look-up', async () => {
  const store = later()
  await lookUp(store)
  const other = { ...entry, boughtAt: '2026-11-02T00:00:00.000Z' }
  await fsStore(folder).share(other)
  expect(await store.entry(entry.key)).toEqual({ kind: 'hit', value: other })
  await store.remember()
  rmSync(file)
  expect(await store.entry(entry.key)).toEqual({ kind: 'absent' })
})

test('an entry that the store itself replaces is the new one at once, and the bytes of both stay', async () => {
  const store = later()
  expect(await store.entry(entry.key)).toEqual({ kind: 'hit', value: entry })
  const edited = Buffer.from('the bytes of another picture')
  const other = { ...entry, original: { ...entry.original, sha256: sha256Of(edited) } }
  expect(await store.replace(other, edited)).toBe('kept')
  expect(await store.entry(entry.key)).toEqual({ kind: 'hit', value: other })
  await store.remember()
  expect(await later().entry(entry.key)).toEqual({ kind: 'hit', value: other })
  expect(await later().original(other)).toMatchObject({ kind: 'hit' })
  expect(await later().original(entry)).toMatchObject({ kind: 'hit' })
})

test('characters of every size are kept', async () => {
  const one = entryOfBytes(requestIn('![gen: a café, 狐 and 🦊]()'), bytes)
  await fsStore(folder).share(one)
  const store = later()
  await store.entry(one.key)
  await store.remember()
  rmSync(join(folder, entryPath(entry.key)))
  expect(await later().entry(one.key)).toEqual({ kind: 'hit', value: one })
  expect(readFileSync(pageOf(one.key), 'latin1')).toContain(
    'caf\\u00e9, \\u72d0 and \\ud83e\\udd8a',
  )
})

test('an index that is damaged, empty or of another version is not asked', async () => {
  await lookUp()
  const path = pageOf(entry.key)
  const text = readFileSync(path, 'utf8')
  for (const bad of ['', '{}', text.slice(1), text.replace('a fox', 'a hen')]) {
    writeFileSync(path, bad)
    expect(await later().entry(entry.key)).toEqual({ kind: 'hit', value: entry })
  }
  writeFileSync(path, text)
  forge((rest) => rest.replace('"version":2', '"version":3').replace('a fox', 'a hen'))
  expect(await later().entry(entry.key)).toEqual({ kind: 'hit', value: entry })
})

test('an index that came along with a copy of the store is of no use', async () => {
  await lookUp()
  forge((text) => text.replace('a fox', 'a hen'))
  const copy = `${folder}-copy`
  cpSync(folder, copy, { recursive: true, preserveTimestamps: true })
  expect(await later(copy).entry(entry.key)).toEqual({ kind: 'hit', value: entry })
  rmSync(copy, { recursive: true })
})

test('nothing is written where nothing was learnt, nor does it matter where nothing can be', async () => {
  await lookUp()
  const { mtimeMs } = statSync(join(folder, 'index'))
  await lookUp()
  expect(statSync(join(folder, 'index')).mtimeMs).toBe(mtimeMs)
  rmSync(join(folder, 'index'), { recursive: true })
  rmSync(join(folder, 'tmp'), { recursive: true })
  writeFileSync(join(folder, 'tmp'), 'a file where a folder should be')
  await lookUp()
  expect(readdirSync(folder)).not.toContain('index')
})

test('an original of another entry does not vouch for this one', async () => {
  await lookUp()
  const other = entryOfBytes(requestIn('![gen: a fox]()'), Buffer.from('other bytes'))
  renameSync(original, join(folder, 'kept'))
  expect(await later().holds(other)).toEqual({ kind: 'absent' })
})
