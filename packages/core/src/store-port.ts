import type { BatchJournal } from './batch-port.ts'
import type { Entry, Original } from './entry-port.ts'
import type { Key, RequestHash, Sha256, Size } from './nouns.ts'
import type { InputImage } from './provider-port.ts'

/** The answer of a look-up. Only `absent` is a miss; `unknown` and `damaged` never lead to a purchase. */
export type Found<Value> =
  | { readonly kind: 'hit'; readonly value: Value }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly path: string; readonly cause: unknown }
  | { readonly kind: 'damaged'; readonly path: string; readonly fault: string }

/** What went wrong in a tier, without harm to what a build made. */
export interface Incident {
  /**
   * Bytes that no entry vouches for, a picture that a tier did not take, one that two machines bought, or tiers by which
   * builds cannot wait for each other.
   */
  readonly kind: 'refused' | 'unpushed' | 'duplicate' | 'uncoordinated'
  readonly where: string
  readonly message: string
}

/** Keeps what was paid for. */
export interface Store {
  entry(key: Key): Promise<Found<Entry>>
  /** The key of every entry. */
  keys(): Promise<Found<readonly Key[]>>
  /** Every entry: read only where an authored key has none. */
  entries(): Promise<Found<readonly Entry[]>>
  /** What other machines bought by a request of which no entry is here; absent where it has no tiers that say so. */
  shared(request: RequestHash): Promise<Found<Entry>>
  /**
   * Whether the original is there as it was bought, without reading it where nothing touched its file since it was last
   * verified. A disk that changes bytes behind the back of its file system is noticed by `original`, which always reads.
   */
  holds(entry: Entry): Promise<Found<true>>
  /** Writes down what was found to be whole, so that the next look-up need not read it. Never rejects. */
  remember(): Promise<void>
  /** The original's bytes, verified against the entry. */
  original(entry: Entry): Promise<Found<Uint8Array>>
  /**
   * Durable when it resolves: first the bytes, then the entry, which tells of what its key had before; where that is a
   * picture that a person adopted, it stands and tells of this one. Answers `unpushed` where other machines look for it in
   * places of which none took it.
   */
  keep(entry: Entry, original: Uint8Array): Promise<'kept' | 'unpushed'>
  /** Adds an entry, like `keep`, for bytes that are kept already. */
  share(entry: Entry): Promise<void>
  /**
   * Puts a picture in the place of the one that its key has, as a person says, whatever that is; the bytes of both stay,
   * and the entry tells of what was bought before. As durable as `keep`: readers find the former entry or this one, each
   * with its bytes. A remote tells of it under its own request.
   */
  replace(entry: Entry, original: Uint8Array): Promise<'kept' | 'unpushed'>
  /**
   * Takes an entry away, so that its key has none; its bytes stay. Durable when it resolves. Where another one stands there
   * by then, that stays.
   */
  withdraw(entry: Entry): Promise<void>
  /** Puts the bytes of an original back that is lost or damaged here. */
  restore(original: Original, bytes: Uint8Array): Promise<void>
  /**
   * Puts bytes that were paid for and cannot be stored out of the way, in the store or, where that is full, in the folders
   * of the system and of the user; answers where they are, in words for people.
   */
  quarantine(bytes: Uint8Array): Promise<string>
  /** Bytes that were put out of the way; nothing where there are none of this hash. */
  fromQuarantine(sha256: Sha256): Promise<Uint8Array | undefined>
  /**
   * Answers why the store cannot durably write, if so: asked before money is spent.
   * @param bytes How much is going to be written.
   */
  writeObstacle(bytes: number): Promise<string | undefined>
  /** Why nothing may be stored here, as far as can be told without writing; nothing where it may. */
  closure(): Promise<string | undefined>
}

/** A file that a directive names, as it was found. */
export type FoundFile =
  | ({
      readonly kind: 'picture'
      readonly sha256: Sha256
      readonly format: InputImage['format']
      readonly hasAlpha: boolean
      readonly bytes: number
    } & Size)
  | { readonly kind: 'absent' }
  /** It is no picture that can go along with a request, or no file of the project. */
  | { readonly kind: 'unsuitable'; readonly reason: string }

/** The files of a project that its directives name. */
export interface ReferenceFiles {
  /** @param path Relative to the project's root, with forward slashes. */
  find(path: string): Promise<FoundFile>
  /** A picture that was found before; nothing where its file changed since. */
  read(sha256: Sha256): Promise<InputImage | undefined>
}

/** Keeps what can be made again for nothing: encoded pictures under a key that names their recipe. */
export interface DerivedStore {
  /** Whether there are bytes under a key; whether they are intact only `get` tells. */
  has(key: string, extension: string): Promise<boolean>
  /** Answers nothing where the bytes are absent or damaged. */
  get(key: string, extension: string): Promise<Uint8Array | undefined>
  put(key: string, extension: string, bytes: Uint8Array): Promise<void>
  /** Bytes of a file that is there, whether or not it is intact. */
  sizeOf(key: string, extension: string): Promise<number | undefined>
}

/** One attempt at a purchase, written down before it is made; amounts are micro-dollars. */
export interface Intent {
  /** Unique among the attempts at its request. */
  readonly id: string
  readonly requestHash: RequestHash
  readonly worstMicroUsd: number
  /** What else the ledger tells of it (see `LedgerLine`); absent where its record does not say. */
  readonly key?: Key
  readonly place?: string
  readonly page?: string
  readonly provider?: string
  readonly model?: string
  readonly microUsd?: number
  /** ISO 8601, UTC: since when it is under way; absent where the journal sees to it. */
  readonly at?: string
  /** The original whose place what is bought takes under its key; absent where that has none. */
  readonly replaces?: Sha256
}

/** An attempt on record of which no end is known here. */
export interface OpenAttempt {
  /** As a ledger names it. */
  readonly attempt: string
  readonly requestHash: RequestHash
  /** ISO 8601, UTC: since when. */
  readonly at: string
  /** Absent where its record cannot be read. */
  readonly worstMicroUsd?: number
}

/** How an attempt ended. */
export type Settlement =
  | {
      readonly kind: 'bought'
      readonly microUsd: number
      readonly basis: 'usage' | 'estimate'
      readonly requestId?: string
    }
  /** Nothing came of it and nothing was billed: it was not sent, put off, or refused for a reason that passes. */
  | {
      readonly kind: 'released'
      readonly refusal?: { readonly code: string; readonly requestId?: string }
    }
  | {
      readonly kind: 'refused'
      readonly code: string
      readonly message: string
      /** What was billed all the same; 0 where left out. */
      readonly microUsd?: number
      readonly requestId?: string
    }
  | { readonly kind: 'unknown'; readonly message: string; readonly requestId?: string }

/** What earlier attempts say of a request that has no entry. */
export type Verdict =
  | {
      readonly kind: 'refused'
      readonly code: string
      readonly message: string
      readonly requestId?: string
    }
  | {
      readonly kind: 'unknown'
      readonly message: string
      /** Absent where its record cannot be read. */
      readonly worstMicroUsd?: number
    }
  /** It waits in a batch, or may do so. */
  | { readonly kind: 'submitted'; readonly message: string; readonly worstMicroUsd: number }

/** An attempt whose build ended before it was settled. */
export interface UnfinishedPurchase {
  readonly intent: Intent
  /** What was bought; absent where no reply is on record. */
  readonly entry?: Entry
}

/** Remembers every attempt at a purchase, also across kills. */
export interface Journal {
  /**
   * Requests that must not be sent again without consent.
   * @param order Our name of a batch of which nothing is told, as whoever asks is about to hand it in.
   */
  verdicts(order?: string): Promise<ReadonlyMap<RequestHash, Verdict>>
  /** What `verdicts` say of one request; nothing where they say nothing. */
  verdict(request: RequestHash): Promise<Verdict | undefined>
  /** Every attempt that may have been billed, or may yet be, those of a batch included. */
  open(): Promise<readonly OpenAttempt[]>
  /** Durable when it resolves; the request may go out only then. */
  begin(intent: Intent): Promise<void>
  /** Durable when it resolves: what arrived, before its bytes are stored. */
  receive(intent: Intent, entry: Entry): Promise<void>
  /** Attempts whose end the ledger does not tell, and those whose picture arrived and may yet be stored. */
  unfinished(): Promise<readonly UnfinishedPurchase[]>
  /** Has the ledger tell that nobody knows how an attempt ended, unless it tells its end. It bars its request further on. */
  giveUp(intent: Intent): Promise<void>
  /** Has attempts at a request whose picture is here bar it no more; the ledger tells of each whose end is unknown. */
  found(request: RequestHash): Promise<void>
  /**
   * Durable when it resolves, in the ledger as well. Where it rejects, the attempt stays on record, and is among those that
   * are unfinished.
   */
  settle(intent: Intent, settlement: Settlement): Promise<void>
  /** Absent where it keeps no batches. */
  readonly batches?: BatchJournal
}

/** Time, so that tests need none. */
export interface Clock {
  now(): Date
  /** Milliseconds since some moment, by a clock that nobody sets. */
  elapsed(): number
  /** Rejects with the signal's reason when it is aborted. */
  wait(ms: number, signal: AbortSignal): Promise<void>
}
