import type { Entry, Sha256 } from './ports.ts'

/** An entry, and the purchases whose place it took: the bytes of each are to stay. */
export function versionsOf(entry: Entry): readonly Entry[] {
  return [entry, ...(entry.former ?? [])]
}

/** The originals that entries pin, by their hashes. */
export function pinnedBy(entries: readonly Entry[]): ReadonlySet<string> {
  return new Set<Sha256>(entries.flatMap(versionsOf).map(({ original }) => original.sha256))
}
