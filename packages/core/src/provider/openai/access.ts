import type { Model, ReadyConnection } from '../../ports.ts'
import type { Identity } from './client.ts'
import type { CachedInput, Usage } from './usage.ts'

/** Where, as whom and what to buy. */
export interface Access extends Identity {
  /** Whether it is OpenAI's own host, where DALL·E and its endpoints are gone. */
  readonly isOwn: boolean
  readonly models: readonly Model[]
  /** How many pictures in the making a listener is shown. */
  readonly partialImages?: 1 | 2 | 3
  /** What a reported usage cost in micro-dollars, where that is known. */
  readonly priceOf: (model: string, usage: Usage, cached?: CachedInput) => number | undefined
  /** Hosts beside the server's own that its pictures may be fetched from. */
  readonly pictureHosts: readonly string[]
}

export type Generate = ReadyConnection['generate']
export type Edit = NonNullable<ReadyConnection['edit']>
export type Retirements = NonNullable<ReadyConnection['retirements']>

/** What a connection can be called for; each call sends one request at most once. */
export interface Calls {
  readonly generate: Generate
  readonly edit: Edit
  readonly retirements: Retirements
}
