import type { Environment } from './nouns.ts'
import type { Found } from './store-port.ts'

/** An object of a tier, as it was read. */
export interface RemoteObject {
  readonly bytes: Uint8Array
  /** How long ago it was written, both ends by the server's own clock, in milliseconds; absent where it does not say. */
  readonly ageMs?: number
}

/** What became of a write. */
export type Written =
  | { readonly kind: 'written' }
  /** An object of this name was there before. */
  | { readonly kind: 'taken' }
  /** It was refused, or nobody can tell whether it is there. */
  | { readonly kind: 'unknown'; readonly cause: unknown }

/** Objects by name, which machines share. Never rejects; every call ends within its own time limits. */
export interface RemoteTier {
  /** @param maxBytes Of a longer body no more is read, and the answer is `damaged`. */
  get(name: string, maxBytes: number): Promise<Found<RemoteObject>>
  /** Whether there is an object of this name. */
  has(name: string): Promise<Found<true>>
  /** Writes an object unless there is one of this name; finds out by reading where the answer got lost. */
  create(name: string, bytes: Uint8Array): Promise<Written>
  /** Writes an object, whatever was there. */
  put(name: string, bytes: Uint8Array): Promise<Written>
}

/** A tier as a configuration names it. */
export interface Remote {
  /** What people know it by, such as `s3://bucket/prefix` or an address without its query; holds no secret. */
  readonly name: string
  /** Whether its entries are believed where nothing that is committed pins the bytes. */
  readonly isTrusted: boolean
  /** Whether nothing is ever written to it. */
  readonly isReadOnly: boolean
  /** Names of the environment's variables that open it. */
  readonly credentials: readonly string[]
  /** Where an object stands, as its server is asked for it; holds no secret. */
  addressOf(object: string): string
  /** @throws ImpromptError `CONFIG_INVALID` where what it needs is missing from the environment */
  connect(environment: Environment): RemoteTier
}
