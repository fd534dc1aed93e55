import { readFileSync, readdirSync } from 'node:fs'
import { join, sep } from 'node:path'
import { hashFaultOf, readKey, sha256Of } from '../key/key.ts'
import type { Entry, Found, Key, Original, Store } from '../ports.ts'
import { versionsOf } from '../versions.ts'
import { entryWayBack, wayBack } from '../way-back.ts'
import { entryPath, originalPath } from './address.ts'
import { closureOf, linkIn } from './closed-folder.ts'
import { decodeEntry, encodeEntry } from './entry.ts'
import { ignoreLocalFiles } from './git-files.ts'
import { putAside, quarantinePlaces, takeBack } from './quarantine.ts'
import { shownPath } from './shown-path.ts'
import { systemCodeOf } from './system-code.ts'
import { successorOf } from './successor.ts'
import { type LookUpIndex, lookUpIndex } from './look-up-index.ts'
import { removeDurably, writeDurably } from './write-durably.ts'
import { writeObstacleOf } from './write-obstacle.ts'

/**
 * A store in a folder. Reads are synchronous: of small files they are several times faster so.
 * @param index What was verified before. @default what earlier builds wrote down
 */
export function fsStore(folder: string, index: LookUpIndex = lookUpIndex(folder)): Store {
  const drafts = join(folder, 'tmp')
  const told = <Value>(found: Found<Value>): Found<Value> =>
    'path' in found ? { ...found, path: shownPath(found.path, folder) } : found
  const write = (path: string, bytes: Uint8Array): Promise<void> =>
    writeDurably(join(folder, path), bytes, drafts)
  const writeEntry = async (entry: Entry): Promise<void> => {
    await write(entryPath(entry.key), Buffer.from(encodeEntry(entry)))
    index.forgetEntry(entry.key)
  }
  const put = async (entry: Entry, isByPerson: boolean): Promise<void> => {
    const there = readEntry(folder, entry.key)
    const isFirst = there.kind !== 'hit'
    await writeEntry(isFirst ? entry : successorOf(there.value, entry, isByPerson))
  }
  const restore = async (original: Original, bytes: Uint8Array): Promise<void> => {
    await ignoreLocalFiles(folder)
    await write(originalPath(original), bytes)
  }
  return {
    entry: async (key) => told(lookUpEntry(folder, key, index)),
    keys: async () => told(listKeys(folder)),
    entries: async () => told(readEntries(folder, index)),
    holds: async (entry) => told(lookUpOriginal(folder, entry, index)),
    remember: index.save,
    shared: async () => ({ kind: 'absent' }),
    original: async (entry) => told(readOriginal(folder, entry)),
    keep: async (entry, bytes) => {
      await restore(entry.original, bytes)
      await put(entry, false)
      return 'kept'
    },
    share: (entry) => put(entry, false),
    replace: async (entry, bytes) => {
      await restore(entry.original, bytes)
      await put(entry, true)
      return 'kept'
    },
    withdraw: async ({ key, requestHash }) => {
      const there = readEntry(folder, key)
      if (there.kind !== 'hit' || there.value.requestHash !== requestHash) return
      await removeDurably(join(folder, entryPath(key)))
      index.forgetEntry(key)
    },
    restore,
    quarantine: async (bytes) => shownPath(await putAside(bytes, quarantinePlaces(folder)), folder),
    fromQuarantine: async (sha256) => takeBack(sha256, quarantinePlaces(folder)),
    closure: async () => closureOf(folder),
    writeObstacle: (bytes) => writeObstacleOf(folder, drafts, bytes),
  }
}

function readEntry(folder: string, key: Key): Found<Entry> {
  const path = join(folder, entryPath(key))
  const read = readFile(path)
  if (read.kind !== 'hit') return read
  const decoded = decodeEntry(read.value.toString('utf8'), key)
  if ('fault' in decoded) return damagedEntry(path, decoded.fault)
  if ('newer' in decoded) return { kind: 'unknown', path, cause: new Error(decoded.newer) }
  return { kind: 'hit', value: decoded.entry }
}

function damagedEntry(path: string, fault: string): Found<never> & { readonly kind: 'damaged' } {
  return { kind: 'damaged', path, fault: `${fault}; ${entryWayBack}` }
}

function lookUpEntry(folder: string, key: Key, index: LookUpIndex): Found<Entry> {
  const known = index.entry(key)
  if (known !== undefined) return { kind: 'hit', value: known }
  const read = readEntry(folder, key)
  if (read.kind === 'hit') index.learnEntry(read.value)
  return read
}

function lookUpOriginal(folder: string, entry: Entry, index: LookUpIndex): Found<true> {
  if (index.isWhole(entry.original)) return { kind: 'hit', value: true }
  const read = readOriginal(folder, entry)
  if (read.kind !== 'hit') return read
  index.learnWhole(entry.original)
  return { kind: 'hit', value: true }
}

function readEntries(folder: string, index: LookUpIndex): Found<readonly Entry[]> {
  const listed = listKeys(folder)
  if (listed.kind !== 'hit') return listed
  const entries: Entry[] = []
  for (const key of listed.value) {
    const found = lookUpEntry(folder, key, index)
    if (found.kind === 'unknown' || found.kind === 'damaged') return found
    if (found.kind === 'absent') continue
    const [fault] = versionsOf(found.value).flatMap((version) => hashFaultOf(version) ?? [])
    if (fault !== undefined) return damagedEntry(join(folder, entryPath(key)), fault)
    entries.push(found.value)
  }
  return { kind: 'hit', value: entries }
}

function listKeys(folder: string): Found<readonly Key[]> {
  const path = join(folder, 'images')
  try {
    const link = linkIn(path)
    if (link !== undefined)
      return { kind: 'unknown', path: link, cause: new Error('it is a link out of the store') }
    const names = readdirSync(path, { recursive: true, encoding: 'utf8' })
    return { kind: 'hit', value: names.flatMap(keyOfName) }
  } catch (cause) {
    return systemCodeOf(cause) === 'ENOENT'
      ? { kind: 'hit', value: [] }
      : { kind: 'unknown', path, cause }
  }
}

/** Litter of editors and file managers is no entry. */
function keyOfName(name: string): readonly Key[] {
  const match = /^[0-9a-f]{2}\/([0-9a-f]{64})\.json$/.exec(name.replaceAll(sep, '/'))
  const key = readKey(match?.[1])
  return key === undefined ? [] : [key]
}

function readOriginal(folder: string, entry: Entry): Found<Uint8Array> {
  const path = join(folder, originalPath(entry.original))
  const read = readFile(path)
  if (read.kind !== 'hit') return read
  if (sha256Of(read.value) === entry.original.sha256) return read
  const isPointer = read.value.subarray(0, 200).includes('version https://git-lfs.github.com/spec/')
  // The bytes are elsewhere, and nothing is wrong with them as far as we know.
  if (isPointer)
    return {
      kind: 'unknown',
      path,
      cause: new Error('it is a pointer of Git LFS; run `git lfs pull`'),
    }
  return { kind: 'damaged', path, fault: `its bytes are not those that were bought; ${wayBack}` }
}

function readFile(path: string): Found<Buffer> {
  try {
    return { kind: 'hit', value: readFileSync(path) }
  } catch (cause) {
    return systemCodeOf(cause) === 'ENOENT' ? { kind: 'absent' } : { kind: 'unknown', path, cause }
  }
}
