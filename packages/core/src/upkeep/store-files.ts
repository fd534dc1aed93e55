import { type Stats, lstatSync, readdirSync, realpathSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { readKey } from '../key/key.ts'
import type { Key } from '../ports.ts'
import { systemCodeOf } from '../store/system-code.ts'

/** A file of a store's folder. */
export interface StoreFile {
  /** Relative to the store, with forward slashes. */
  readonly path: string
  readonly bytes: number
  /** When it was written, in milliseconds since 1970. */
  readonly writtenAtMs: number
}

/**
 * Every file below a folder of a store, in the order of their names; none where it is not there. Links are no files of
 * the store, and are not followed.
 * @throws what the file system throws, as a list with gaps is none
 */
export function filesBelow(store: string, path: string): readonly StoreFile[] {
  const found = statOf(join(store, path))
  if (found === undefined || found.isSymbolicLink()) return []
  if (!found.isDirectory())
    return found.isFile() ? [{ path, bytes: found.size, writtenAtMs: found.mtimeMs }] : []
  return namesIn(join(store, path)).flatMap((name) => filesBelow(store, `${path}/${name}`))
}

/** Deletes a file of a store, unless a link leads there. Answers whether it did. */
export async function deleteFile(store: string, path: string): Promise<boolean> {
  const found = statOf(join(store, path))
  if (found === undefined || !found.isFile()) return false
  const folder = dirname(join(realpathSync(store), ...path.split('/')))
  if (realpathSync(dirname(join(store, path))) !== folder) return false
  await rm(join(store, path))
  return true
}

/** Whether a folder is another one, or below it; both are real paths. */
export function isWithin(folder: string, other: string): boolean {
  return folder === other || folder.startsWith(other.endsWith(sep) ? other : other + sep)
}

function statOf(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false })
}

/** Names in a folder, in order; none where it is not there, or was deleted since it was listed. */
export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).toSorted()
  } catch (cause) {
    if (systemCodeOf(cause) === 'ENOENT') return []
    throw cause
  }
}

/** The hash by which an original's file is named; nothing for any other file. */
export function hashIn(path: string): string | undefined {
  const [, shard, sha256] = /^originals\/([0-9a-f]{2})\/([0-9a-f]{64})\.\w+$/.exec(path) ?? []
  return shard !== undefined && sha256?.startsWith(shard) === true ? sha256 : undefined
}

/** The key by which an entry's file is named; nothing for any other file. */
export function keyIn(path: string): Key | undefined {
  const [, name] = /^images\/[0-9a-f]{2}\/([0-9a-f]{64})\.json$/.exec(path) ?? []
  return readKey(name)
}
