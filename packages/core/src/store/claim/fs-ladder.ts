import { randomUUID } from 'node:crypto'
import { link, mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseJson } from '../../json.ts'
import type { ClaimName } from '../../ports.ts'
import { claimsPath } from '../address.ts'
import { systemCodeOf } from '../system-code.ts'
import { holderSchema } from './holder.ts'
import type { Ladder, Rung } from './ladder.ts'

/**
 * Claims in a folder, a folder for each name: `<generation>` holds who claims it, `<generation>.beat` its signs of
 * life, and `<generation>.over` says that it was given back. Word is left by nobody: whoever shares the folder shares the
 * store and the journal, which tell. Not fsynced: no holder outlives a power cut.
 */
export function fsLadder(folder: string): Ladder {
  const pathOf = (claim: ClaimName, name: string): string => join(folder, claimsPath(claim), name)
  return {
    pollMs: 500,
    beatMs: 5000,
    top: (name) => topOf(join(folder, claimsPath(name)), folder),
    climb: async (name, generation, holder) => {
      const draft = await draftIn(folder, JSON.stringify(holder))
      try {
        await mkdir(join(folder, claimsPath(name)), { recursive: true })
        return await isLinked(draft, pathOf(name, String(generation)))
      } catch (cause) {
        // Another build took the folder away while it was being made.
        if (systemCodeOf(cause) === 'ENOENT') return false
        throw cause
      } finally {
        await drop(draft)
      }
    },
    beat: (name, generation, count) => writeFile(pathOf(name, `${generation}.beat`), String(count)),
    begin: async () => undefined,
    end: (name, generation) => writeFile(pathOf(name, `${generation}.over`), ''),
    clear: (name) => rm(join(folder, claimsPath(name)), { recursive: true, force: true }),
  }
}

async function topOf(claims: string, folder: string): Promise<Rung | undefined> {
  const names = await readdir(claims).catch(nothingIfAbsent)
  const generations = (names ?? []).filter((name) => /^\d+$/.test(name)).map(Number)
  if (generations.length === 0) return undefined
  const generation = Math.max(...generations)
  const path = join(claims, String(generation))
  const [holder, beat, beatAtMs, claimedAtMs] = await Promise.all([
    readFile(path, 'utf8').catch(nothingIfAbsent),
    readFile(`${path}.beat`, 'utf8').catch(nothingIfAbsent),
    stampOf(`${path}.beat`),
    stampOf(path),
  ])
  // Cleared away in between.
  if (holder === undefined || claimedAtMs === undefined) return undefined
  const now = await nowIn(folder)
  return {
    generation,
    holder: holderSchema.safeParse(parseJson(holder)).data,
    isOver: (names ?? []).includes(`${generation}.over`),
    beat: beat ?? '',
    ageMs: now - Math.max(beatAtMs ?? 0, claimedAtMs),
    claimedMs: now - claimedAtMs,
  }
}

/** The time by the clock that stamps this folder's files, which may be another machine's; by ours where none can be written. */
async function nowIn(folder: string): Promise<number> {
  const draft = await draftIn(folder, '').catch(() => undefined)
  if (draft === undefined) return Date.now()
  const stamp = await stampOf(draft)
  await drop(draft)
  return stamp ?? Date.now()
}

async function draftIn(folder: string, text: string): Promise<string> {
  const draft = join(folder, 'tmp', randomUUID())
  await mkdir(join(folder, 'tmp'), { recursive: true })
  await writeFile(draft, text, { flag: 'wx' })
  return draft
}

/** A draft that cannot be taken away is litter, and says nothing about the claim. */
async function drop(draft: string): Promise<void> {
  await rm(draft, { force: true }).catch(() => undefined)
}

/** A link shows the whole claim at once; the file system lets one of several have the name. */
async function isLinked(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path)
    return true
  } catch (cause) {
    if (isTaken(cause)) return false
    if (!linkless.has(systemCodeOf(cause))) throw cause
    return copiedTo(draft, path)
  }
}

/** What file systems without links say. */
const linkless: ReadonlySet<unknown> = new Set(['EPERM', 'ENOTSUP', 'ENOSYS'])

/** Others have the name, or took the folder away, as the picture is there. */
function isTaken(cause: unknown): boolean {
  return systemCodeOf(cause) === 'EEXIST' || systemCodeOf(cause) === 'ENOENT'
}

/** Where the file system knows no links. A claim that is seen before its text is there is held by nobody known. */
async function copiedTo(draft: string, path: string): Promise<boolean> {
  try {
    await writeFile(path, await readFile(draft), { flag: 'wx' })
    return true
  } catch (cause) {
    if (isTaken(cause)) return false
    throw cause
  }
}

async function stampOf(path: string): Promise<number | undefined> {
  return (await stat(path).catch(nothingIfAbsent))?.mtimeMs
}

function nothingIfAbsent(cause: unknown): undefined {
  if (systemCodeOf(cause) !== 'ENOENT') throw cause
}
