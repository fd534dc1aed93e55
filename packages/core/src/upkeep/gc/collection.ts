import type { StoreFile } from '../store-files.ts'

/** What a collection may be done in spite of, each by the name that the command line takes. */
export const obstacles = ['shallow-clone', 'no-content', 'other-projects'] as const

/** One of those. */
export type Obstacle = (typeof obstacles)[number]

/** For how long nothing is deleted unless a person says otherwise, in days. */
export const defaultGraceDays = 14

/** How a collection is done. */
export interface CollectOptions {
  /** Whether anything is deleted, not only listed. */
  readonly isDeleting: boolean
  /** For how long nothing is deleted after it was bought or written, in days. */
  readonly graceDays: number
  readonly despite: readonly Obstacle[]
  /** Whether bytes in quarantine go, too. */
  readonly takesQuarantine: boolean
  /** Ends a wait before anything is deleted. @default never */
  readonly stop?: AbortSignal
}

/** A file that goes. */
export interface Doomed extends StoreFile {
  readonly kind: 'entry' | 'original' | 'orphan' | 'claim' | 'draft' | 'derived' | 'quarantine'
  /** What was asked for, where that is known. */
  readonly prompt?: string
  /** Where it stood, as `KnownPlaces` tell it; absent where nothing is known of that. */
  readonly place?: string
  /** What was paid for its bytes; told of one of the entries that pin them, where none of those stays. */
  readonly microUsd?: number
  /** Whether no commit of the current branch holds it, so that git cannot bring it back. */
  readonly isUncommitted?: boolean
}

/** A file that content does not name, and that stays. */
export interface Kept {
  readonly path: string
  /** What was asked for, where that is known. */
  readonly prompt?: string
  /** Where it stands or stood, as `KnownPlaces` tell it; absent where nothing is known of that. */
  readonly place?: string
  readonly why:
    | { readonly kind: 'named'; readonly by: readonly string[] }
    | { readonly kind: 'young' }
    | { readonly kind: 'unfinished' }
}

/** What a collection came to. */
export interface Collection {
  readonly isDeleted: boolean
  /** Entries and originals: what was paid for. */
  readonly paid: readonly Doomed[]
  /** What is made again for nothing, or nobody needs. */
  readonly free: readonly Doomed[]
  readonly kept: readonly Kept[]
  /** Bytes that were put out of the way, and stay there. */
  readonly quarantined: readonly StoreFile[]
  readonly graceDays: number
  readonly despite: readonly Obstacle[]
  readonly takesQuarantine: boolean
  /** What there is to know of how it was told. */
  readonly notes: readonly string[]
}
