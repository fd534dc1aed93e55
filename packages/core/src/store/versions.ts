import type { Entry } from '../ports.ts'

/** An entry, and the purchase whose place a person's picture took in it: the bytes of each are to stay. */
export function versionsOf(entry: Entry): readonly Entry[] {
  const former = entry.adopted?.former
  return former === undefined ? [entry] : [entry, former]
}

/** The originals that entries pin, by their hashes. */
export function pinnedBy(entries: readonly Entry[]): ReadonlySet<string> {
  return new Set(entries.flatMap(versionsOf).map(({ original }) => original.sha256))
}
