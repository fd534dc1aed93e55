import type { DataPath } from '../directive.ts'
import type { Written } from './value.ts'

/** The URL of a picture, and the path of the value that asks for it. */
export interface PictureUrl {
  readonly path: DataPath
  readonly url: string
}

/** A URL with the value that it replaces. */
export interface Replacement extends PictureUrl {
  readonly value: Written
}
