import { randomUUID } from 'node:crypto'
import { type Stats, existsSync, readFileSync, statSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseJson } from '../json.ts'
import { sha256Of } from '../key/key.ts'
import type { Entry, Key } from '../ports.ts'
import { entryPath } from './address.ts'

/** What tells that nobody touched a file: its size, its times and its number. */
export type Stamp = string

/**
 * What earlier builds read and verified, by files that nobody touched since: as git's index knows the files of a working
 * tree. Local and disposable; what it does not know is read and verified again.
 */
export interface LookUpIndex {
  /**
   * A stamp of a file; nothing where there is no file, or where it was touched so lately that another change might leave
   * the same stamp.
   */
  stampOf(path: string): Stamp | undefined
  /** The entry that the file of this stamp holds; nothing where that was not read. */
  entry(key: Key, stamp: Stamp): Entry | undefined
  /** @param stamp Taken before the file was read, so that a change while it was read is noticed later. */
  learnEntry(entry: Entry, stamp: Stamp): void
  /** Whether the original of an entry, whose file has this stamp, was found to be as it was bought. */
  isWhole(entry: Entry, stamp: Stamp): boolean
  /** Kept only of an entry that is known itself. */
  learnWhole(entry: Entry, stamp: Stamp): void
  /** Writes down what was learnt, if anything. Never rejects: what is lost is read again. */
  save(): Promise<void>
}

/** File systems count times in steps of up to two seconds. */
const stepMs = 2000

function stampOf(path: string, nowMs: number): Stamp | undefined {
  const stats = statsOf(path)
  if (stats === undefined) return undefined
  const { size, mtimeMs, ctimeMs, ino } = stats
  const isSettled = nowMs - Math.max(mtimeMs, ctimeMs) > stepMs
  return isSettled ? `${size} ${mtimeMs} ${ctimeMs} ${ino}` : undefined
}

/** Whatever else keeps a file from being looked at is told by whoever reads it. */
function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch {
    return undefined
  }
}

/**
 * The index of the store in a folder.
 * @param now Milliseconds since 1970. @default the clock of this machine
 */
export function lookUpIndex(folder: string, now: () => number = Date.now): LookUpIndex {
  const path = join(folder, 'index.json')
  let content: Content | undefined
  let isChanged = false
  const known = (): Content => (content ??= readContent(path))
  return {
    stampOf: (file) => stampOf(file, now()),
    entry: (key, stamp) => {
      const row = known().entries[key]
      return row?.stamp === stamp ? row.entry : undefined
    },
    learnEntry: (entry, stamp) => {
      known().entries[entry.key] = { stamp, entry }
      isChanged = true
    },
    isWhole: ({ key, original }, stamp) => {
      const row = known().entries[key]
      return row?.original === stamp && row.entry.original.sha256 === original.sha256
    },
    learnWhole: ({ key, original }, stamp) => {
      const row = known().entries[key]
      if (row?.entry.original.sha256 !== original.sha256) return
      known().entries[key] = { ...row, original: stamp }
      isChanged = true
    },
    save: async () => {
      if (!isChanged) return
      isChanged = false
      const rows = Object.entries(known().entries).filter(([, { entry }]) =>
        existsSync(`${folder}/${entryPath(entry.key)}`),
      )
      const left: Content = { version: 1, entries: Object.fromEntries(rows) }
      await writeContent(path, join(folder, 'tmp'), left).catch(() => undefined)
    },
  }
}

/** Of a look-up that reads whatever it tells. */
export const noIndex: LookUpIndex = {
  stampOf: () => undefined,
  entry: () => undefined,
  learnEntry: () => undefined,
  isWhole: () => false,
  learnWhole: () => undefined,
  save: async () => undefined,
}

interface Content {
  readonly version: 1
  readonly entries: { [key: Key]: Row }
}

interface Row {
  readonly stamp: Stamp
  readonly entry: Entry
  /** Stamp of the original; absent where that was not found whole. */
  readonly original?: Stamp
}

/** The hash of the rest stands first: what a build wrote is not validated again, and what anything else wrote is not read. */
function readContent(path: string): Content {
  const empty: Content = { version: 1, entries: {} }
  try {
    const text = readFileSync(path)
    const rest = text.subarray(digits + 1)
    if (sha256Of(rest) !== text.toString('latin1', 0, digits)) return empty
    const content = parseJson(rest.toString('utf8'))
    return isContent(content) ? content : empty
  } catch {
    return empty
  }
}

/** Hexadecimal, of a SHA-256. */
const digits = 64

function isContent(value: unknown): value is Content {
  return typeof value === 'object' && value !== null && 'version' in value && value.version === 1
}

async function writeContent(path: string, drafts: string, content: Content): Promise<void> {
  const rest = `${JSON.stringify(content)}\n`
  const draft = join(drafts, randomUUID())
  await mkdir(drafts, { recursive: true })
  try {
    await writeFile(draft, `${sha256Of(Buffer.from(rest))}\n${rest}`)
    await rename(draft, path)
  } finally {
    await rm(draft, { force: true })
  }
}
