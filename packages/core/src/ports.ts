/** The nouns that cross stages, and the ports behind which the outside world stands. Types only. */

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
}

/** Pixels. */
export interface Size {
  readonly width: number
  readonly height: number
}

/** Process environment merged over the project's `.env` files. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Encodings in which an original may be kept. */
export type OriginalFormat = 'png' | 'jpeg' | 'webp'

/**
 * How pixels came to be, in the IPTC's words: by a trained model, or by an algorithm alone, as sketches are.
 * https://cv.iptc.org/newscodes/digitalsourcetype/
 */
export type DigitalSourceType = 'trainedAlgorithmicMedia' | 'algorithmicMedia'

/** Which sizes a model can make. */
export type SizeRule =
  | { readonly kind: 'list'; readonly sizes: readonly Size[] }
  | {
      readonly kind: 'grid'
      /** Both edges are multiples of it. */
      readonly step: number
      readonly maxEdge: number
      /** Longest edge over shortest. */
      readonly maxRatio: number
      readonly minPixels: number
      readonly maxPixels: number
    }

/** Bought attributes that a model may or may not honour; size and prompt go without saying. */
export type Capability = 'quality' | 'background' | 'moderation' | 'seed'

/** What a model can do, as data. */
export interface Model {
  readonly id: string
  /** Other names of the same model. */
  readonly aliases: readonly string[]
  readonly sizes: SizeRule
  readonly qualities: readonly string[]
  readonly backgrounds: readonly string[]
  readonly honours: readonly Capability[]
  readonly maxPromptCodePoints: number
  /** The day (`YYYY-MM-DD`) on which its vendor stops or stopped serving it. */
  readonly retiresOn?: string
}

/** What a provider is asked to make. */
export interface GenerateInput {
  /** Canonical text in the author's own words, inside its style template. */
  readonly prompt: string
  readonly model: string
  /** A size that the model can make. */
  readonly size: Size
  readonly quality?: string
  readonly background?: string
  readonly moderation?: string
  readonly seed?: number
  /** Counts from 1; another number is another roll of the dice. */
  readonly take: number
}

/** How sure an estimate is: `exact` to the micro-dollar, never below what is billed, or a guess under a ceiling. */
export type Basis = 'exact' | 'upper-bound' | 'rough'

/** What a request would cost, in integer micro-dollars. */
export interface Estimate {
  readonly microUsd: number
  /** No bill is expected above it. */
  readonly worstMicroUsd: number
  readonly basis: Basis
  /** The day (`YYYY-MM-DD`) on which the price was read at its source; absent where nobody dated it. */
  readonly asOf?: string
  readonly source: string
}

/** What became of one request. Only `image` and `unknown` may have been billed. */
export type Answer =
  | {
      readonly kind: 'image'
      readonly bytes: Uint8Array
      /** What the provider reports to have billed; absent where it reports no usage. */
      readonly microUsd?: number
      readonly requestId?: string
    }
  /** Nothing was made; the same request may be sent again, after the time that the provider asks for. */
  | { readonly kind: 'busy'; readonly message: string; readonly afterMs?: number }
  /**
   * Nothing was made, and asking again is pointless: ever, for what the prompt says (`prompt`); in this run, for this
   * image (`image`) or for any (`run`).
   */
  | {
      readonly kind: 'refused'
      readonly scope: 'prompt' | 'image' | 'run'
      readonly code: string
      readonly message: string
      readonly requestId?: string
    }
  /** The request went out and its fate cannot be told: it may have been billed. */
  | { readonly kind: 'unknown'; readonly message: string; readonly cause?: unknown }

/** A provider with what it needs to buy, or the name of what is missing. */
export type Connection =
  | {
      readonly kind: 'ready'
      /** Sends one request once. Never repeats it, never throws for an answer of the provider. */
      generate(input: GenerateInput, signal: AbortSignal): Promise<Answer>
    }
  | { readonly kind: 'locked'; readonly missing: string }

/** Whatever makes pictures. Knows neither store nor plan. */
export interface Provider {
  /** Unique in a configuration; part of every request's identity. */
  readonly id: string
  readonly digitalSourceType: DigitalSourceType
  readonly models: readonly Model[]
  readonly defaultModel: string
  /** Prices a request without a key or a network; answers nothing where no price is known. */
  estimate(input: GenerateInput): Estimate | undefined
  connect(environment: Environment): Connection
}

/** A request as an entry records it: everything that shaped the original. */
export interface RecordedRequest extends GenerateInput {
  readonly provider: string
}

/** What is known of an original's bytes. */
export interface Original extends Size {
  readonly sha256: Sha256
  readonly format: OriginalFormat
  readonly bytes: number
  readonly isOpaque: boolean
  readonly digitalSourceType: DigitalSourceType
}

/** One authored image in the store; committed, and readable in review. */
export interface Entry {
  readonly schema: 1
  readonly key: Key
  readonly requestHash: RequestHash
  readonly request: RecordedRequest
  /** The style that its author named, with the template of that day; absent where none was named. */
  readonly style?: { readonly name: string; readonly template: string }
  /** The resolved request that a person keeps this picture for, though it was bought by another one. */
  readonly keptFor?: RequestHash
  /** Exact pixels of the finished picture; the original covers it. */
  readonly wanted: Size
  readonly original: Original
  /** What was paid for the original, and by whose word. */
  readonly cost: { readonly microUsd: number; readonly basis: 'usage' | 'estimate' }
  /** ISO 8601, UTC. */
  readonly boughtAt: string
  readonly requestId?: string
}

/** The answer of a look-up. Only `absent` is a miss; `unknown` and `damaged` never lead to a purchase. */
export type Found<Value> =
  | { readonly kind: 'hit'; readonly value: Value }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly path: string; readonly cause: unknown }
  | { readonly kind: 'damaged'; readonly path: string; readonly fault: string }

/** Keeps what was paid for. */
export interface Store {
  entry(key: Key): Promise<Found<Entry>>
  /** Every entry: read only where an authored key has none. */
  entries(): Promise<Found<readonly Entry[]>>
  /** The original's bytes, verified against the entry. */
  original(entry: Entry): Promise<Found<Uint8Array>>
  /** Durable when it resolves: first the bytes, then the entry. */
  keep(entry: Entry, original: Uint8Array): Promise<void>
  /** Adds an entry for bytes that are kept already. */
  share(entry: Entry): Promise<void>
  /** Puts bytes that were paid for but cannot be used out of the way; answers where they are. */
  quarantine(bytes: Uint8Array): Promise<string>
  /** Answers why the store cannot durably write, if so: asked before money is spent. */
  writeObstacle(): Promise<string | undefined>
}

/** Keeps what can be made again for nothing: encoded pictures under a key that names their recipe. */
export interface DerivedStore {
  /** Whether there are bytes under a key; whether they are intact only `get` tells. */
  has(key: string, extension: string): Promise<boolean>
  /** Answers nothing where the bytes are absent or damaged. */
  get(key: string, extension: string): Promise<Uint8Array | undefined>
  put(key: string, extension: string, bytes: Uint8Array): Promise<void>
}

/** One attempt at a purchase, written down before it is made. */
export interface Intent {
  readonly id: string
  readonly requestHash: RequestHash
  readonly worstMicroUsd: number
}

/** How an attempt ended. */
export type Settlement =
  | { readonly kind: 'bought'; readonly microUsd: number }
  | { readonly kind: 'released' }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  | { readonly kind: 'unknown'; readonly message: string }

/** What earlier attempts say of a request that has no entry. */
export type Verdict =
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  | { readonly kind: 'unknown'; readonly message: string; readonly worstMicroUsd: number }

/** Remembers every attempt at a purchase, also across kills. */
export interface Journal {
  /** Requests that must not be sent again without consent. */
  verdicts(): Promise<ReadonlyMap<RequestHash, Verdict>>
  /** Durable when it resolves; the request may go out only then. */
  begin(intent: Intent): Promise<void>
  settle(intent: Intent, settlement: Settlement): Promise<void>
}

/** Time, so that tests need none. */
export interface Clock {
  now(): Date
  /** Rejects with the signal's reason when it is aborted. */
  wait(ms: number, signal: AbortSignal): Promise<void>
}
