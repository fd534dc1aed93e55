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
}

/** `name=value`, `name="value"` or a bare `name`, with escapes and references still in place. */
export interface RawAttribute {
  /** Empty where the text is not of that form, such as a lone quoted string. */
  readonly name: string
  /** Without its quotes; absent for a bare flag. */
  readonly value?: string
  readonly place: Place
}
