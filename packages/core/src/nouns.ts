/** The nouns that cross stages. Types only. */

declare const brand: unique symbol

/** Names what an author wrote: 64 lower-case hex digits. Made only in `key/key.ts`. */
export type Key = string & { readonly [brand]: 'Key' }

/** Names what a provider was asked for: 64 lower-case hex digits. Made only in `key/key.ts`. */
export type RequestHash = string & { readonly [brand]: 'RequestHash' }

/** Names bytes: 64 lower-case hex digits. Made only in `key/key.ts`. */
export type Sha256 = string & { readonly [brand]: 'Sha256' }

/** Where something stands in a file: lines and columns count from 1, in UTF-16 units. */
export interface Place {
  /** Relative to the project's root, with forward slashes. */
  readonly file: string
  readonly line: number
  readonly column: number
  /** Path of a field in a configuration, such as `images.hero`. */
  readonly field?: string
  /** Number of a draft of what stands there; absent for that itself. */
  readonly draft?: number
}

/** Pixels. */
export interface Size {
  readonly width: number
  readonly height: number
}

/** Process environment merged over the project's `.env` files. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Encodings in which an original may be kept. */
export type OriginalFormat = 'png' | 'jpeg' | 'webp' | 'gif' | 'svg'

/**
 * How the pixels of providers come to be, in the IPTC's words: by a trained model, or by an algorithm alone, as sketches
 * are. https://cv.iptc.org/newscodes/digitalsourcetype/
 */
export type ProvidedSourceType = 'trainedAlgorithmicMedia' | 'algorithmicMedia'

/** How pixels came to be: a person may have edited what a model made, or made them without one. */
export type DigitalSourceType =
  | ProvidedSourceType
  | 'compositeWithTrainedAlgorithmicMedia'
  | 'digitalCreation'

/** Who may answer in the place of a provider, and what is asked for then. */
export interface StandIn {
  /** Id of a provider. */
  readonly provider: string
  /** Id of its model. */
  readonly model: string
  /** Absent where the model honours none. */
  readonly quality?: string
  /** What the model offers, the lowest first. */
  readonly qualities: readonly string[]
}
