import type { Entry } from '../ports.ts'

/** An entry, and the purchase whose place a person's picture took in it: the bytes of each are to stay. */
export function versionsOf(entry: Entry): readonly Entry[] {
  const former = entry.adopted?.former
  return former === undefined ? [entry] : [entry, former]
}
