/** Something about a store that is wrong or that a person ought to know. */
export interface Ailment {
  /** Permanent name of its kind. */
  readonly code: AilmentCode
  /** An `error` keeps pictures from being shown or shared, a `warning` may cost money or bytes one day. */
  readonly severity: 'error' | 'warning' | 'note'
  /** Relative to the store with forward slashes, or absolute outside of it. */
  readonly path?: string
  /** Of a ledger; counts from 1. */
  readonly line?: number
  /** Where the picture stands that it is about, as `KnownPlaces` tell it; absent where nothing is known of that. */
  readonly place?: string
  readonly message: string
  readonly remedy: string
}

/** Names of what can be wrong with a store. */
export type AilmentCode =
  | 'attributes'
  | 'bytes-damaged'
  | 'bytes-missing'
  | 'bytes-of-nobody'
  | 'closed'
  | 'conflict'
  | 'deleted'
  | 'entry-damaged'
  | 'git'
  | 'hidden'
  | 'key-not-ignored'
  | 'key-tracked'
  | 'ledger-line'
  | 'lfs-not-set-up'
  | 'lfs-pointer'
  | 'line-ends'
  | 'local-committed'
  | 'local-not-ignored'
  | 'name'
  | 'out-of-the-way'
  | 'record-unreadable'
  | 'size'
  | 'unknown-charge'
  | 'uncommitted'
  | 'unfinished-purchase'
  | 'versions'

/** What a look at a store came to. */
export interface Checkup {
  readonly ailments: readonly Ailment[]
  /** What was mended before it. */
  readonly mended: readonly string[]
}
