import type { GitFile } from './git/objects.ts'

/** Collects who names what in a store. */
export interface Naming {
  /** @param files From the top of the repository; what is not the store's is left out. */
  addAll(files: readonly GitFile[], by: string): void
  /** @param path Relative to the store. */
  addFile(path: string, by: string): void
  /** Also an entry that cannot be read as one, as it is in a conflict, pins what it speaks of. */
  addPins(text: string, by: readonly string[]): void
  /** The texts of all entries that were named, by the names of git. */
  blobs(): readonly string[]
  whoHolds(blob: string): readonly string[]
  whoNames(path: string): readonly string[]
  whoPins(sha256: string): readonly string[]
}

/** @param prefix Path of the store from the top of its repository: empty, or with a slash at its end. */
export function createNaming(prefix: string): Naming {
  const byPath = new Map<string, Set<string>>()
  const byBlob = new Map<string, Set<string>>()
  const byHash = new Map<string, Set<string>>()
  return {
    addAll: (files, by) => {
      for (const { path, blob } of files) {
        if (!path.startsWith(prefix)) continue
        const own = path.slice(prefix.length)
        add(byPath, own, by)
        if (own.startsWith('images/') && !/^0+$/.test(blob)) add(byBlob, blob, by)
      }
    },
    addFile: (path, by) => add(byPath, path, by),
    addPins: (text, by) => {
      for (const [, sha256 = ''] of text.matchAll(/"sha256":\s*"([0-9a-f]{64})"/g))
        for (const one of by) add(byHash, sha256, one)
    },
    blobs: () => [...byBlob.keys()],
    whoHolds: (blob) => [...(byBlob.get(blob) ?? [])],
    whoNames: (path) => [...(byPath.get(path) ?? [])],
    whoPins: (sha256) => [...(byHash.get(sha256) ?? [])],
  }
}

function add(all: Map<string, Set<string>>, key: string, value: string): void {
  const values = all.get(key) ?? new Set()
  all.set(key, values.add(value))
}
