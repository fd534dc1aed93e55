import type { NamedFiles } from './reference-paths.ts'
import type { Names } from './reuse.ts'

/** What a directive may refer to beyond itself. */
export interface Known {
  /** The pictures that may be shown again by `use=NAME`. */
  readonly names: Names
  /** The files that directives name. */
  readonly files: NamedFiles
}

/** A project in which nothing has a name. */
export const nothingKnown: Known = { names: new Map(), files: new Map() }
