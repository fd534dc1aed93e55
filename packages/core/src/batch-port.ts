import type { Key, RequestHash } from './nouns.ts'
import type { Answer, GenerateInput, InputImages } from './provider-port.ts'

/** One request of a batch, under a name of 64 hex digits that its answer comes back under. */
export interface BatchRequest {
  readonly id: RequestHash
  readonly input: GenerateInput
  readonly images?: InputImages
}

/** A batch as its vendor tells of it. */
export interface BatchState {
  /** The vendor's name of it. */
  readonly id: string
  /** Our name of it, which was handed in along with it. */
  readonly order: string
  readonly status: 'waiting' | 'ended'
  /** What the vendor says of it, in a few words. */
  readonly message: string
}

/** Takes many requests at once and answers them hours later, also to another process. */
export interface BatchDesk {
  /** Parts requests into groups, each of which one call of `submit` takes; all go at once where it is left out. */
  portions?(requests: readonly BatchRequest[]): readonly (readonly BatchRequest[])[]
  /** Hands requests in under a name of ours; whether they were accepted may be unknown. */
  submit(
    order: string,
    requests: readonly BatchRequest[],
    signal: AbortSignal,
  ): Promise<
    { readonly kind: 'submitted'; readonly batch: BatchState } | Exclude<Answer, { kind: 'image' }>
  >
  /**
   * Every batch of the account that was handed in by this software, also one that this machine knows nothing of.
   * Rejects where it cannot tell.
   */
  list(signal: AbortSignal): Promise<readonly BatchState[]>
  /**
   * One batch by the vendor's name of it; nothing where it is proved that there is none. Rejects where it cannot tell.
   * Where it is left out, what `list` leaves out is taken for gone.
   */
  find?(id: string, signal: AbortSignal): Promise<BatchState | undefined>
  /** The names of the requests of a batch. Rejects where it cannot tell. */
  requestsOf(batch: BatchState, signal: AbortSignal): Promise<readonly RequestHash[]>
  /** The answers of a batch that ended, one at a time; a request that was not worked on is `busy`. */
  collect(
    batch: BatchState,
    signal: AbortSignal,
  ): AsyncIterable<{ readonly id: RequestHash; readonly answer: Answer }>
}

/** Requests that were handed in together, or were about to be; without any that is open it says that all is settled. */
export interface BatchRecord {
  /** Our name of the batch. */
  readonly order: string
  /** Id of the provider. */
  readonly provider: string
  /** The vendor's name of it; absent where it is not known whether it was accepted. */
  readonly batch?: string
  /** ISO 8601, UTC: when it was handed in. */
  readonly since: string
  /** Those that are not settled. */
  readonly requests: readonly {
    readonly id: RequestHash
    readonly worstMicroUsd: number
    /** What else the ledger tells of it (see `LedgerLine`); absent in a record that does not say. */
    readonly key?: Key
    readonly place?: string
    readonly page?: string
    readonly model?: string
    readonly microUsd?: number
  }[]
  /**
   * What was settled of a batch that was found at the provider again, whose record names no more than was missing on that
   * day; absent where this machine wrote every request down before it handed them in.
   */
  readonly settled?: readonly RequestHash[]
  /** Every request of a batch that was found at the provider again, whosever it is, so that they are read there once. */
  readonly held?: readonly RequestHash[]
}

/** Remembers batches and what of them is settled, also across kills. */
export interface BatchJournal {
  records(): Promise<readonly BatchRecord[]>
  /** Durable when it resolves; a batch may be handed in only then. Replaces an earlier record of its order. */
  write(record: BatchRecord): Promise<void>
  /** For what no provider knows of: a batch that was settled is kept, or it would be taken for another machine's. */
  forget(order: string): Promise<void>
}
