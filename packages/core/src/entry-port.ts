import type { DigitalSourceType, Key, OriginalFormat, RequestHash, Sha256, Size } from './nouns.ts'
import type { GenerateInput, Making, Usage } from './provider-port.ts'

/** A request as an entry records it: everything that shaped the original. */
export interface RecordedRequest extends GenerateInput {
  readonly provider: string
  /** One of several cheap takes, which a person chooses from and no page shows; absent for any other picture. */
  readonly draft?: true
  /** What a person put in the place of what the request brings, by its bytes: no other request brings that. */
  readonly adopted?: Sha256
}

/** What is known of an original's bytes. */
export interface Original extends Size {
  readonly sha256: Sha256
  readonly format: OriginalFormat
  readonly bytes: number
  readonly isOpaque: boolean
  /** Frames of an animation; absent for a still picture. */
  readonly frames?: number
  readonly digitalSourceType: DigitalSourceType
}

/** A picture as it was bought, or as a person put it there. */
export interface Purchase {
  readonly schema: 1
  readonly key: Key
  readonly requestHash: RequestHash
  readonly request: RecordedRequest
  /** The style that its author named, with the template of that day; absent where none was named. */
  readonly style?: { readonly name: string; readonly template: string }
  /** The resolved request that a person keeps this picture for, though it was bought by another one. */
  readonly keptFor?: RequestHash
  /** The key of the draft that a person picked, of which it is the final picture; absent where none was picked. */
  readonly pickedFrom?: Key
  /** Exact pixels of the finished picture; the original covers it. */
  readonly wanted: Size
  readonly original: Original
  /** What was paid for the original, and by whose word. */
  readonly cost: {
    readonly microUsd: number
    readonly basis: 'usage' | 'estimate'
    readonly usage?: Usage
  }
  /** How it was made, as far as the provider says. */
  readonly making?: Making
  /** ISO 8601, UTC; of an adopted picture when that was. */
  readonly boughtAt: string
  readonly requestId?: string
}

/** One authored image in the store; committed, and readable in review. */
export interface Entry extends Purchase {
  /** Whence a picture is that a person put in the place of a purchase; absent for what was bought. */
  readonly adopted?: Adopted
  /** What was bought under the key before, the latest first: it may be gone back to, and is not bought again. */
  readonly former?: readonly Purchase[]
}

/** Whence an adopted picture is. */
export interface Adopted {
  /** Name of the person's file, without folders. */
  readonly file: string
}
