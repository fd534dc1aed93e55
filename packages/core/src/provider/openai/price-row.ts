import type { TokenRule } from './tokens.ts'

/** Micro-dollars a token, which is the published number of dollars a million tokens. */
export interface Rates {
  readonly textInput: number
  readonly imageInput: number
  /** For input that was cached. */
  readonly cachedTextInput: number
  readonly cachedImageInput: number
  /** Absent where no price of it is published. */
  readonly textOutput?: number
  readonly imageOutput: number
}

/** Micro-dollars or tokens of one picture by quality, then by size such as `1024x1024`. */
export type ByQuality = ReadonlyMap<string, ReadonlyMap<string, number>>

/** What OpenAI publishes of a model's price, and how well it is known. */
export interface PriceRow {
  /** Id of the model. */
  readonly model: string
  /** Absent where it is paid by the picture alone. */
  readonly rates?: Rates
  /** Rates of the Batch API; absent where its price table does not list the model. */
  readonly batchRates?: Rates
  /** Absent where OpenAI publishes none. */
  readonly tokens?: TokenRule
  /** Micro-dollars of the published price list, where it outranks the tokens: no picture is settled below it. */
  readonly listed?: ByQuality
  /** `rough` where part of the bill has no published bound. */
  readonly basis: 'upper-bound' | 'rough'
  readonly source: string
  /** The day (`YYYY-MM-DD`) on which the figures were read at their source. */
  readonly asOf: string
  /** `high` for an official page or three copies of it that agree, `medium` for fewer, `low` for a guess. */
  readonly confidence: 'high' | 'medium' | 'low'
  /** What of the row nobody could verify. */
  readonly unverified?: string
}
