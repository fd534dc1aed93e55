import type { Fault } from './fault.ts'

/** A value of front matter as its parser found it; offsets are UTF-16 units of the text between the fences. */
export type Value = Written | Alias

/** A value that is written out where it stands. */
export type Written = Scalar | List | Mapping

interface Span {
  readonly start: number
  readonly end: number
}

export interface Scalar extends Span {
  readonly kind: 'scalar'
  readonly type: 'string' | 'true' | 'false' | 'null' | 'other'
  /** A string itself, and of anything else what its author wrote. */
  readonly text: string
}

export interface List extends Span {
  readonly kind: 'list'
  readonly items: readonly Value[]
}

export interface Mapping extends Span {
  readonly kind: 'mapping'
  readonly entries: ReadonlyMap<string, Entry>
}

/** A value under a key, and where that key stands. */
export interface Entry {
  readonly start: number
  readonly value: Value
}

/** `*name`, which stands for the value that `&name` marks further up. */
export interface Alias extends Span {
  readonly kind: 'alias'
  readonly target: Written
}

/** What a parser makes of a text: its root, or why and where it is none. */
export type Reading = { readonly root: Written } | { readonly fault: Fault }

/** The value that an alias stands for, or the value itself. */
export function writtenOf(value: Value): Written {
  return value.kind === 'alias' ? value.target : value
}
