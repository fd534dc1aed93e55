import type { Entry, Key } from '../ports.ts'

/** What the store held where a branch began. */
export interface Baseline {
  /** As a person named it. */
  readonly ref: string
  /** The commit at which the branch left it. */
  readonly commit: string
  readonly entries: readonly Entry[]
  /** Keys of what the store holds today. */
  readonly stored: ReadonlySet<Key>
}
