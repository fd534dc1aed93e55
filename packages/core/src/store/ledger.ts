import { randomUUID } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { type FileHandle, link, open, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { reasonOf } from '../error.ts'
import type { Ledger, LedgerFault, LedgerLine } from '../ports.ts'
import { ledgerPath } from './address.ts'
import { readLine, standing } from './ledger-line.ts'
import { here } from './platform.ts'
import { systemCodeOf } from './system-code.ts'
import { makeFolder } from './write-durably.ts'

/** A ledger that grows by what this checkout does. */
export interface FsLedger extends Ledger {
  /** What it tells of an attempt that this checkout began at this time; nothing where it tells nothing. */
  lineOf(
    attempt: Pick<LedgerLine, 'attempt' | 'requestHash' | 'at'>,
  ): Promise<LedgerLine | undefined>
  /** Durable when it resolves. Where it rejects, the line is not there, or not to be relied upon. */
  append(line: LedgerLine): Promise<void>
}

/**
 * A ledger in a folder: a file a month (UTC) and writer, a line an attempt. Each checkout is a writer, so that machines
 * never conflict; all lines of an attempt stand in one file. A copy that git ignores tells of what this checkout bought on
 * branches that are not checked out.
 */
export function fsLedger(folder: string): FsLedger {
  return {
    read: async (month = '') =>
      readAll([join(folder, 'ledger'), join(folder, 'journal', 'ledger')], month),
    lineOf: async ({ attempt, requestHash, at }) => {
      const writer = readWriter(folder)
      const text = writer === undefined ? undefined : textOf(join(folder, ledgerPath(at, writer)))
      const lines = (text ?? '').split('\n').flatMap((line) => {
        // Most lines are other attempts'.
        const read = line.includes(requestHash) ? readLine(line) : undefined
        const isOf = typeof read === 'object' && read.requestHash === requestHash
        return isOf && read.attempt === attempt ? [read] : []
      })
      return standing(lines)[0]
    },
    append: async (line) => {
      const writer = await writerOf(folder)
      await append(join(folder, ledgerPath(line.at, writer)), line)
      // Where it cannot be written, the ledger tells as long as its branch is the one that is checked out.
      await append(join(folder, 'journal', ledgerPath(line.at, writer)), line).catch(
        () => undefined,
      )
    },
  }
}

function readAll(folders: readonly string[], month: string): Awaited<ReturnType<Ledger['read']>> {
  const lines: LedgerLine[] = []
  const faults: LedgerFault[] = []
  for (const path of folders.flatMap((folder) => filesIn(folder, month, faults))) {
    const text = readOr(path, () => textOf(path), faults) ?? ''
    for (const [at, own] of text.split('\n').entries()) {
      if (own.trim() === '') continue
      const line = readLine(own)
      if (typeof line === 'object') lines.push(line)
      else faults.push({ path, line: at + 1, ...(line === 'newer' ? newer : none) })
    }
  }
  return { attempts: standing(lines), faults }
}

const none = {
  kind: 'corrupt',
  message: 'it tells of no attempt, as a line does that was not written to its end',
  remedy: 'restore it from git, or delete the line',
} as const

const newer = {
  kind: 'unverifiable',
  message: 'it was written by a newer version of imprompt',
  remedy: 'install that one to read it',
} as const

const readable = 'let this user read it'

function filesIn(folder: string, month: string, faults: LedgerFault[]): readonly string[] {
  const list = (): readonly string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const names = readOr(folder, list, faults) ?? []
  return names
    .filter((name) => /^[^/]+\/[^/]+\.jsonl$/.test(name.replaceAll(sep, '/')))
    .filter((name) => name.startsWith(month))
    .toSorted()
    .map((name) => join(folder, name))
}

function readOr<Value>(path: string, read: () => Value, faults: LedgerFault[]): Value | undefined {
  try {
    return read()
  } catch (cause) {
    if (systemCodeOf(cause) !== 'ENOENT')
      faults.push({ kind: 'unverifiable', path, message: reasonOf(cause), remedy: readable })
    return undefined
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    if (systemCodeOf(cause) === 'ENOENT') return undefined
    throw cause
  }
}

/** One write at the end of the file: the system lets no write of another process come in between. */
async function append(path: string, line: LedgerLine): Promise<void> {
  await makeFolder(dirname(path))
  const text = JSON.stringify(line)
  const file = await open(path, 'a+', 0o644)
  try {
    const { size } = await file.stat()
    // Whatever tore the last line, it spoils no further one.
    await file.write(`${(await isTorn(file, size)) ? '\n' : ''}${text}\n`)
    await file.sync()
    if (size === 0) await here.syncFolder(dirname(path))
  } finally {
    await file.close()
  }
  // A disk that fills up takes a part of it, also of what another process wrote just before.
  if (textOf(path)?.split('\n').includes(text) !== true)
    throw new Error(`\`${path}\` did not take a whole line`)
}

async function isTorn(file: FileHandle, size: number): Promise<boolean> {
  if (size === 0) return false
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1)
  return buffer.toString('latin1') !== '\n'
}

function readWriter(folder: string): string | undefined {
  const text = textOf(join(folder, 'journal', 'writer'))?.trim()
  return text !== undefined && /^[\w-]{1,64}$/.test(text) ? text : undefined
}

/** The name of this checkout as a writer, which its first line makes up; git ignores it, so that each clone has its own. */
async function writerOf(folder: string): Promise<string> {
  const known = readWriter(folder)
  if (known !== undefined) return known
  const path = join(folder, 'journal', 'writer')
  const drafts = join(folder, 'tmp')
  await Promise.all([makeFolder(dirname(path)), makeFolder(drafts)])
  const draft = join(drafts, randomUUID())
  const own = randomUUID()
  try {
    await writeFile(draft, `${own}\n`, { flag: 'wx', flush: true })
    const first = await nameIn(folder, draft, path)
    await here.syncFolder(dirname(path))
    return first ?? own
  } finally {
    await rm(draft, { force: true })
  }
}

/** Of processes that do so at once, the first one names them all; answers its name, where it is another one. */
async function nameIn(folder: string, draft: string, path: string): Promise<string | undefined> {
  try {
    await link(draft, path)
    return undefined
  } catch {
    const first = readWriter(folder)
    // A name that is spoilt, or a file system without links.
    if (first === undefined) await rename(draft, path)
    return first
  }
}
