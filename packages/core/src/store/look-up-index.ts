import { randomUUID } from 'node:crypto'
import { type Stats, readFileSync, statSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseJson } from '../json.ts'
import { sha256Of } from '../key/key.ts'
import type { Entry, Key, Original, OriginalFormat, Sha256 } from '../ports.ts'

/**
 * What earlier builds read and verified in folders in which no file came, went or was replaced since. Local and
 * disposable; what it does not know is read and verified again.
 *
 * A folder is looked at instead of its files, as 20,000 of these take longer than all the rest. Whatever writes a file
 * and renames it changes its folder: this store, git, package managers. What is overwritten in place goes unnoticed here
 * until its bytes are read, which verifies them, or `imprompt verify` does.
 */
export interface LookUpIndex {
  /** The entry of a key; nothing where that was not read, or where its folder was touched. */
  entry(key: Key): Entry | undefined
  /** Keeps an entry that was read after `entry` did not know it. */
  learnEntry(entry: Entry): void
  /** Has an entry read again whose file is another one by now. */
  forgetEntry(key: Key): void
  /** Whether an original was found to be as it was bought. */
  isWhole(original: Original): boolean
  /** Keeps that an original was verified after `isWhole` did not know of it. */
  learnWhole(original: Original): void
  /** Writes down what was learnt, if anything, and looks at the folders anew. Never rejects: what is lost is read again. */
  save(): Promise<void>
}

/** What tells that nobody touched a folder: its times and its number. */
type Stamp = string

/** What is known of the files of a folder: entries by key, or formats of originals that are whole by SHA-256. */
interface Shard {
  readonly stamp: Stamp
  readonly rows: { [hash: Key | Sha256]: Entry | OriginalFormat }
}

/** What is known of the two folders whose names begin a hash alike. */
interface Page {
  readonly version: 2
  images?: Shard
  originals?: Shard
}

/**
 * The index of the store in a folder: a file for each two first digits, so that a look-up reads what it asks for, and a
 * purchase has one or two written anew.
 * @param now Milliseconds since 1970, by the clock that the files' times are of. @default that of this machine
 */
export function lookUpIndex(folder: string, now: () => number = Date.now): LookUpIndex {
  const pages = new Map<string, Page>()
  const opened = new Map<string, Shard | undefined>()
  const changed = new Set<string>()
  // A folder's stamp is older than whatever is read of it, so that a change while that is read is noticed later.
  const open = (kind: Kind, digits: string): Shard | undefined => {
    const stamp = stampOf(`${folder}/${kind}/${digits}`, now())
    if (stamp === undefined) return undefined
    const page = pages.get(digits) ?? readPage(pagePath(folder, digits))
    pages.set(digits, page)
    const known = page[kind]
    return known?.stamp === stamp ? known : (page[kind] = { stamp, rows: {} })
  }
  const rowsOf = (kind: Kind, hash: Key | Sha256): Shard['rows'] | undefined => {
    const digits = hash.slice(0, 2)
    const name = `${kind}${digits}`
    if (!opened.has(name)) opened.set(name, open(kind, digits))
    return opened.get(name)?.rows
  }
  const learn = (kind: Kind, hash: Key | Sha256, row: Entry | OriginalFormat): void => {
    const rows = rowsOf(kind, hash)
    if (rows === undefined) return
    rows[hash] = row
    changed.add(hash.slice(0, 2))
  }
  return {
    entry: (key) => {
      const row = rowsOf('images', key)?.[key]
      return typeof row === 'object' ? row : undefined
    },
    learnEntry: (entry) => learn('images', entry.key, entry),
    forgetEntry: (key) => {
      // Until the folder is looked at anew, nothing of it is taken from what was read before, nor added to that.
      opened.set(`images${key.slice(0, 2)}`, undefined)
    },
    isWhole: ({ sha256, format }) => rowsOf('originals', sha256)?.[sha256] === format,
    learnWhole: ({ sha256, format }) => learn('originals', sha256, format),
    save: async () => {
      opened.clear()
      const digits = [...changed]
      changed.clear()
      await writePages(folder, digits, pages).catch(() => undefined)
    },
  }
}

type Kind = 'images' | 'originals'

function pagePath(folder: string, digits: string): string {
  return `${folder}/index/${digits}.json`
}

/** Of a look-up that reads whatever it tells. */
export const noIndex: LookUpIndex = {
  entry: () => undefined,
  learnEntry: () => undefined,
  forgetEntry: () => undefined,
  isWhole: () => false,
  learnWhole: () => undefined,
  save: async () => undefined,
}

/** File systems count times in steps of up to two seconds. */
const stepMs = 2000

/** Nothing where there is no folder, or where it was touched so lately that another change might leave the same stamp. */
function stampOf(path: string, nowMs: number): Stamp | undefined {
  const stats = statsOf(path)
  if (stats === undefined) return undefined
  const { mtimeMs, ctimeMs, ino } = stats
  return nowMs - Math.max(mtimeMs, ctimeMs) > stepMs ? `${mtimeMs} ${ctimeMs} ${ino}` : undefined
}

/** Whatever else keeps a folder from being looked at is told by whoever reads its files. */
function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch {
    return undefined
  }
}

/** Hexadecimal, of a SHA-256. */
const hashLength = 64

/** The hash of the rest stands first: what a build wrote is not validated again, and what anything else wrote is not read. */
function readPage(path: string): Page {
  const empty: Page = { version: 2 }
  try {
    const bytes = readFileSync(path)
    const rest = bytes.subarray(hashLength + 1)
    if (sha256Of(rest) !== bytes.toString('latin1', 0, hashLength)) return empty
    const page = parseJson(rest.toString('latin1'))
    return isPage(page) ? page : empty
  } catch {
    return empty
  }
}

function isPage(value: unknown): value is Page {
  return typeof value === 'object' && value !== null && 'version' in value && value.version === 2
}

async function writePages(
  folder: string,
  digits: readonly string[],
  pages: ReadonlyMap<string, Page>,
): Promise<void> {
  if (digits.length === 0) return
  const drafts = join(folder, 'tmp')
  await mkdir(drafts, { recursive: true })
  await mkdir(join(folder, 'index'), { recursive: true })
  for (const at of digits) {
    const rest = `${inAscii(JSON.stringify(pages.get(at)))}\n`
    const draft = join(drafts, randomUUID())
    try {
      await writeFile(draft, `${sha256Of(Buffer.from(rest))}\n${rest}`)
      await rename(draft, pagePath(folder, at))
    } finally {
      await rm(draft, { force: true })
    }
  }
}

/** A single character of two bytes would have all of a text take twice its room, and half as long again to be parsed. */
function inAscii(json: string): string {
  return json.replaceAll(
    /[\u0080-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
