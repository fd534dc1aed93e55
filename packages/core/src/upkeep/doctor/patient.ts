import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashFaultOf } from '../../key/key.ts'
import type { Entry, Key } from '../../ports.ts'
import { decodeEntry } from '../../store/entry.ts'
import type { Repository, Surroundings } from '../git/repository.ts'
import { surroundingsOf } from '../git/repository.ts'
import type { Ground } from '../ground.ts'
import { type KnownPlaces, knownPlaces } from '../known-places.ts'
import { type StoreFile, filesBelow, keyIn } from '../store-files.ts'

/** A file that has the name of an entry. */
export interface EntryFile {
  readonly key: Key
  readonly path: string
  readonly text: string
  /** Nothing where the text is no entry of that key. */
  readonly entry: Entry | undefined
  /** Why no build relies on it. */
  readonly fault?: string
}

/** A store, as it is looked at. */
export interface Patient extends Ground {
  /** The files of `images/`, `originals/` and `ledger/`. */
  readonly files: readonly StoreFile[]
  readonly entryFiles: readonly EntryFile[]
  readonly around: Surroundings
  readonly places: KnownPlaces
  readonly repository: Repository | undefined
}

/** Reads a store as far as it can be read; nothing where there is none. */
export async function patientOf(ground: Ground): Promise<Patient | undefined> {
  const { storeFolder, environment } = ground
  if (!existsSync(storeFolder)) return undefined
  const files = ['images', 'originals', 'ledger'].flatMap((path) => filesBelow(storeFolder, path))
  const around = await surroundingsOf(storeFolder, environment)
  return {
    ...ground,
    files,
    entryFiles: files.flatMap(({ path }) => entryFileAt(path, storeFolder)),
    around,
    places: await knownPlaces(ground.scan, ground.ledger),
    repository: around.kind === 'repository' ? around.repository : undefined,
  }
}

function entryFileAt(path: string, folder: string): readonly EntryFile[] {
  const key = keyIn(path)
  if (key === undefined) return []
  const text = readFileSync(join(folder, path), 'utf8')
  return [{ key, path, text, ...readAs(key, text) }]
}

function readAs(key: Key, text: string): Pick<EntryFile, 'entry' | 'fault'> {
  const decoded = decodeEntry(text, key)
  if (!('entry' in decoded))
    return { entry: undefined, fault: 'fault' in decoded ? decoded.fault : decoded.newer }
  const fault = hashFaultOf(decoded.entry)
  return { entry: decoded.entry, ...(fault !== undefined && { fault }) }
}
