import type { Place } from '../ports.ts'

/** One request for a picture, as its author wrote it and as any host hands it over. */
export interface Directive {
  /** The raw text between `gen:` and `]`, without the prefixes of containers such as `> `. */
  readonly prompt: string
  readonly attributes: readonly RawAttribute[]
  readonly place: Place
  /** UTF-16 offset of the `!`. */
  readonly start: number
  /** UTF-16 offset after the closing `)`. */
  readonly end: number
  /** Where it stands in its file's front matter, such as `['cover']` or `['images', 0]`; absent for one in the text. */
  readonly path?: DataPath
  /** What the front matter of its file says; absent where that has none. */
  readonly page?: Page
}

/** Keys and indices that lead to a value in data. */
export type DataPath = readonly (string | number)[]

/** What a file says of itself in its front matter. */
export interface Page {
  /** Texts of its scalars as they are written, by name; deeper ones by a path such as `author.name`. */
  readonly fields: ReadonlyMap<string, string>
  /** Whether it says `draft: true`. */
  readonly isDraft: boolean
}

/** `name=value`, `name="value"` or a bare `name`, with escapes and references still in place. */
export interface RawAttribute {
  /** Empty where the text is not of that form, such as a lone quoted string. */
  readonly name: string
  /** Without its quotes; absent for a bare flag. */
  readonly value?: string
  /** The quotation mark around the value; absent for a bare one. */
  readonly quote?: '"' | "'"
  readonly place: Place
}
