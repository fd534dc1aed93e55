import { type Stats, accessSync, constants, existsSync, lstatSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { reasonOf } from '../error.ts'
import { systemCodeOf } from './system-code.ts'

const digits = /^[0-9a-f]{2}$/
const month = /^\d{4}-\d{2}$/

/** Folders of a store that a purchase writes into, and the names of those within that it does. */
const folders: ReadonlyMap<string, RegExp | undefined> = new Map([
  ['originals', digits],
  ['images', digits],
  ['ledger', month],
  ['journal', undefined],
  ['claims', undefined],
  ['refusals', undefined],
  ['quarantine', undefined],
  ['tmp', undefined],
])

/**
 * Answers why some folder of a store takes no files, though the store does: it leads elsewhere, is no folder, or belongs
 * to somebody else. Where each of them is open, or can be made, there is nothing to say.
 */
export function closedFolderIn(store: string): string | undefined {
  for (const [name, parts] of folders) {
    const folder = join(store, name)
    const within = parts === undefined ? [] : foldersIn(folder, parts)
    const fault = [folder, ...within].map(faultOf).find((one) => one !== undefined)
    if (fault !== undefined) return fault
  }
  return undefined
}

/**
 * Why a store takes no files, as far as can be told without writing any; nothing where it may. One that is not there yet
 * is made in the nearest folder above.
 */
export function closureOf(store: string): string | undefined {
  try {
    accessSync(nearestTo(store), constants.W_OK | constants.X_OK)
    return closedFolderIn(store)
  } catch (cause) {
    return `the store cannot be written: \`${store}\`: ${reasonOf(cause)}`
  }
}

function nearestTo(folder: string): string {
  const above = dirname(folder)
  return existsSync(folder) || above === folder ? folder : nearestTo(above)
}

/** The path of a link among the shards of a folder: what stands behind it is no part of the store. */
export function linkIn(folder: string): string | undefined {
  return foldersIn(folder, digits).find((shard) => statOf(shard)?.isSymbolicLink())
}

function foldersIn(folder: string, names: RegExp): readonly string[] {
  try {
    const own = readdirSync(folder).filter((name) => names.test(name))
    return own.map((name) => join(folder, name))
  } catch {
    // The folder itself tells why.
    return []
  }
}

function faultOf(path: string): string | undefined {
  try {
    const stat = statOf(path)
    if (stat === undefined) return undefined
    if (stat.isSymbolicLink())
      return `\`${path}\` is a link, and nothing is written outside of the store; put a folder in its place`
    if (!stat.isDirectory()) return `\`${path}\` is no folder; move it away`
    accessSync(path, constants.W_OK | constants.X_OK)
    return undefined
  } catch (cause) {
    return `\`${path}\`: ${reasonOf(cause)}`
  }
}

function statOf(path: string): Stats | undefined {
  try {
    return lstatSync(path)
  } catch (cause) {
    if (systemCodeOf(cause) === 'ENOENT') return undefined
    throw cause
  }
}
