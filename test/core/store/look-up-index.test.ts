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
  truncateSync,
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

/** What the file of the index says, changed by hand in a way that its hash agrees with. */
function forge(change: (text: string) => string): void {
  const path = join(folder, 'index.json')
  const rest = change(readFileSync(path, 'utf8').slice(65))
  writeFileSync(path, `${sha256Of(Buffer.from(rest))}\n${rest}`)
}

test('files that were touched lately are read each time', async () => {
  expect(lookUpIndex(folder).stampOf(original)).toBeUndefined()
  await lookUp(fsStore(folder))
  expect(existsSync(join(folder, 'index.json'))).toBe(false)
})

test('what nobody touched is not read again, and what somebody touched is', async () => {
  await lookUp()
  // A forged index shows that it is asked.
  forge((text) => text.replace('a fox', 'a hen'))
  const known = await later().entry(entry.key)
  expect(known).toMatchObject({ value: { request: { prompt: 'a hen' } } })
  utimesSync(file, new Date(), new Date())
  expect(await later().entry(entry.key)).toEqual({ kind: 'hit', value: entry })
})

test('a change of the bytes is found, whatever it does to size and time', async () => {
  await lookUp()
  const { atime, mtime } = statSync(original)
  const flipped = Buffer.from(bytes)
  flipped[0] = (flipped[0] ?? 0) ^ 1
  writeFileSync(original, flipped)
  utimesSync(original, atime, mtime)
  expect(statSync(original).mtimeMs).toBe(mtime.getTime())
  expect(await later().holds(entry)).toMatchObject({ kind: 'damaged' })
  truncateSync(original)
  expect(await later().holds(entry)).toMatchObject({ kind: 'damaged' })
  rmSync(original)
  expect(await later().holds(entry)).toEqual({ kind: 'absent' })
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

test('an index that is damaged, empty or of another version is not asked', async () => {
  await lookUp()
  const path = join(folder, 'index.json')
  const text = readFileSync(path, 'utf8')
  for (const bad of ['', '{}', text.slice(1), text.replace('a fox', 'a hen')]) {
    writeFileSync(path, bad)
    expect(await later().entry(entry.key)).toEqual({ kind: 'hit', value: entry })
  }
  writeFileSync(path, text)
  forge((rest) => rest.replace('"version":1', '"version":2').replace('a fox', 'a hen'))
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
  const { mtimeMs } = statSync(join(folder, 'index.json'))
  await lookUp()
  expect(statSync(join(folder, 'index.json')).mtimeMs).toBe(mtimeMs)
  rmSync(join(folder, 'index.json'))
  rmSync(join(folder, 'tmp'), { recursive: true })
  writeFileSync(join(folder, 'tmp'), 'a file where a folder should be')
  await lookUp()
  expect(readdirSync(folder)).not.toContain('index.json')
})

test('an original of another entry does not vouch for this one', async () => {
  await lookUp()
  const other = entryOfBytes(requestIn('![gen: a fox]()'), Buffer.from('other bytes'))
  renameSync(original, join(folder, 'kept'))
  expect(await later().holds(other)).toEqual({ kind: 'absent' })
})

test('an entry that is gone leaves the index when that is written next', async () => {
  await lookUp()
  const next = entryOfBytes(requestIn('![gen: a hen]()'), bytes)
  rmSync(file)
  await fsStore(folder).share(next)
  const store = later()
  await store.entry(next.key)
  await store.remember()
  const text = readFileSync(join(folder, 'index.json'), 'utf8')
  expect(text).toContain(next.key)
  expect(text).not.toContain(entry.key)
})
