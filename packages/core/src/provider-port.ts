import type { BatchDesk } from './batch-port.ts'
import type {
  Environment,
  ProvidedSourceType,
  RequestHash,
  Sha256,
  Size,
  StandIn,
} from './nouns.ts'

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
export type Capability =
  | 'quality'
  | 'background'
  | 'moderation'
  | 'seed'
  | 'complexity'
  | 'rendering'
  | 'ref'
  | 'mask'
  | 'vary'
  | 'animated'
  | 'vector'

/** What a model's vendor publishes of its price, and how well it is known. */
export interface PublishedPrice {
  readonly source: string
  /** The day (`YYYY-MM-DD`) on which the figures were read at their source. */
  readonly asOf: string
  /** `high` for an official page or three copies of it that agree, `medium` for fewer, `low` for a guess. */
  readonly confidence: 'high' | 'medium' | 'low'
  /** What of it nobody could verify. */
  readonly unverified?: string
  /** Micro-dollars a token of a picture; absent where it is paid by the picture. */
  readonly imageTokenMicroUsd?: number
}

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
  /** Values of `rendering`; none where left out. */
  readonly renderings?: readonly string[]
  /** Most reference images of one request; 0 where left out. */
  readonly maxReferences?: number
  /** How many frames an animation may have; absent where it makes none. */
  readonly frames?: { readonly min: number; readonly max: number }
  /** Whether a variation is made from the picture alone, so that it takes no prompt. */
  readonly variesWithoutPrompt?: true
  /** The day (`YYYY-MM-DD`) on which its vendor stops or stopped serving it. */
  readonly retiresOn?: string
  /** Id of the model that takes its place. */
  readonly successor?: string
  /** Tells people how far to trust its estimates; absent where the price is the user's own word. */
  readonly published?: PublishedPrice
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
  readonly complexity?: string
  readonly rendering?: string
  readonly seed?: number
  /** Frames of an animation; a still picture where left out. */
  readonly frames?: number
  /** A vector drawing (SVG) is wanted. */
  readonly vector?: true
  /** The pictures that it is made after, by their bytes, in order. */
  readonly references?: readonly Sha256[]
  /** A PNG of the first picture's size, by its bytes: what is transparent in it may change. */
  readonly mask?: Sha256
  /** The request of the picture that it is an edit of; that picture comes before all references. */
  readonly basedOn?: RequestHash
  /** Counts from 1; another number is another roll of the dice. */
  readonly take: number
}

/** A picture that goes along with a request. */
export interface InputImage {
  readonly bytes: Uint8Array
  readonly format: 'png' | 'jpeg' | 'webp'
}

/** The pictures of an edit: the one that it is based on, then the references. */
export interface InputImages {
  /** Never empty. */
  readonly images: readonly InputImage[]
  readonly mask?: InputImage
}

/** Tokens that a provider reports to have billed. */
export interface Usage {
  readonly textInput: number
  readonly imageInput: number
  readonly textOutput: number
  readonly imageOutput: number
}

/** How an answer says that it was made, where that may differ from what was asked. */
export interface Making {
  /** Id of the provider that answered for another one. */
  readonly provider?: string
  readonly model?: string
  readonly size?: Size
  readonly quality?: string
  readonly background?: string
  /** The prompt that the provider wrote in place of the one that was sent. */
  readonly revisedPrompt?: string
}

/** What an account may still send, by its server's word. */
export interface Pace {
  /** Requests that it takes before `resetMs` are over. */
  readonly remaining: number
  readonly resetMs: number
  /** Requests that it takes where none went out before; absent where it does not say. */
  readonly limit?: number
}

/** Looks at a picture in the making; its bytes are a whole encoded picture. */
export type PartialListener = (bytes: Uint8Array) => void

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

/** What became of one request. Only `image`, `unknown` and a `refused` that says so may have been billed. */
export type Answer = { readonly pace?: Pace } & (
  | {
      readonly kind: 'image'
      readonly bytes: Uint8Array
      /** What the provider reports to have billed; absent where it reports no usage. */
      readonly microUsd?: number
      readonly usage?: Usage
      readonly making?: Making
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
      /** What was billed all the same, such as the words of a model that called for the picture; 0 where left out. */
      readonly microUsd?: number
      readonly requestId?: string
    }
  /** The request went out and its fate cannot be told: it may have been billed. */
  | {
      readonly kind: 'unknown'
      readonly message: string
      readonly cause?: unknown
      /** Whatever arrived of pictures, for a person to look at. */
      readonly received?: readonly Uint8Array[]
      readonly requestId?: string
    }
)

/** A provider with what it needs to buy, or the name of what is missing. */
export type Connection = ReadyConnection | { readonly kind: 'locked'; readonly missing: string }

/** Sends each request once, when it is called. Never repeats one, never throws for an answer of the provider. */
export interface ReadyConnection {
  readonly kind: 'ready'
  /**
   * Connections of one account share its limits. Opaque; gives no secret away.
   * @default the provider's id
   */
  readonly account?: string
  /** Most requests a minute that the account takes; nothing where only its server knows. */
  readonly imagesPerMinute?: number
  generate(input: GenerateInput, signal: AbortSignal, onPartial?: PartialListener): Promise<Answer>
  /** Needed of a provider with a model that honours `ref`, `mask` or `vary`. */
  edit?(
    input: GenerateInput,
    images: InputImages,
    signal: AbortSignal,
    onPartial?: PartialListener,
  ): Promise<Answer>
  /** The day (`YYYY-MM-DD`) on which each model is shut down, by its id, where the vendor's server names one. */
  retirements?(signal: AbortSignal): Promise<ReadonlyMap<string, string>>
  readonly batch?: BatchDesk
}

/** Whatever makes pictures. Knows neither store nor plan. */
export interface Provider {
  /** Unique in a configuration; part of every request's identity. */
  readonly id: string
  readonly digitalSourceType: ProvidedSourceType
  readonly models: readonly Model[]
  readonly defaultModel: string
  /** Names of the environment's variables that hold secrets of this provider; none where left out. */
  readonly credentials?: readonly string[]
  /** Prices a request without a key or a network; answers nothing where no price is known. */
  estimate(input: GenerateInput): Estimate | undefined
  /** Prices a request that is sent in a batch; absent where the provider takes none. */
  estimateInBatch?(input: GenerateInput): Estimate | undefined
  /**
   * Prices a request for a model that is served no longer at what it last cost, for comparisons; nothing is bought at it.
   * Answers nothing for a model that is served.
   */
  estimateRetired?(input: GenerateInput): Estimate | undefined
  /** Whether it takes requests in batches alone, which no build waits for. */
  readonly isBatchOnly?: true
  /** Who else may answer a request; absent where nobody stands in. */
  standIns?(input: GenerateInput): readonly StandIn[]
  connect(environment: Environment): Connection
}
