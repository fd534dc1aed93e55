import { reasonOf } from '../../error.ts'
import { parseJson } from '../../json.ts'
import { isHashOfRequest, sha256Of } from '../../key/key.ts'
import type { Entry, Found, Remote, RemoteTier, RequestHash, Written } from '../../ports.ts'
import { formatFaultOf } from '../remote/capability.ts'
import { encodeEntry, readEntry } from '../entry.ts'
import { Refusal } from '../remote/refusal.ts'

/** What a tier did with a picture that it was given. */
export type Pushed =
  | { readonly kind: 'pushed' }
  /** It held the picture before. */
  | { readonly kind: 'present' }
  /** It took the bytes, and shares another picture that was bought by the same request, as it did before. */
  | { readonly kind: 'other'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string }

/** A remote tier as the store uses it: pictures with their entries, by what was asked for. Never rejects. */
export interface SharedTier extends Pick<Remote, 'name' | 'isTrusted' | 'isReadOnly'> {
  /** Where the entry of a request stands. */
  addressOf(request: RequestHash): string
  /** The entry that machines share of a request. Nothing vouches for it but the tier. */
  entry(request: RequestHash): Promise<Found<Entry>>
  /** The original's bytes, verified against the entry. */
  original(entry: Entry): Promise<Found<Uint8Array>>
  /** Whether there is an original, be it intact or not. */
  holds(entry: Entry): Promise<Found<true>>
  /** First the bytes, then the entry, so that no entry is without its bytes. */
  push(entry: Entry, original: Uint8Array): Promise<Pushed>
}

/** An entry is a page of text. */
const maxEntryBytes = 1_000_000

/**
 * Pictures in a remote tier.
 * @param setAside Puts bytes that are not those that were bought where a person can look at them; answers where.
 */
export function sharedTier(
  remote: Remote,
  tier: RemoteTier,
  setAside: (bytes: Uint8Array) => Promise<string>,
): SharedTier {
  const { name, isTrusted, isReadOnly } = remote
  let isOurForm = false
  /** Why nothing is pushed to it; asked until there is no reason. */
  const formFault = async (): Promise<Pushed | undefined> => {
    if (isOurForm) return undefined
    const fault = await formatFaultOf(tier)
    // Where nobody can wait for another one, pictures may be kept all the same.
    if (fault !== undefined && fault.kind !== 'uncoordinated')
      return { kind: 'failed', message: fault.reason }
    isOurForm = true
    return undefined
  }
  const originalIn = async (entry: Entry): Promise<Found<Uint8Array>> => {
    const path = originalName(entry)
    const found = await tier.get(path, entry.original.bytes)
    if (found.kind !== 'hit') return found
    const { bytes } = found.value
    if (sha256Of(bytes) === entry.original.sha256) return { kind: 'hit', value: bytes }
    const place = await setAside(bytes).catch(() => undefined)
    const fault = `its bytes are not those that were bought${place === undefined ? '' : `; they were put into \`${place}\``}`
    return { kind: 'damaged', path: remote.addressOf(path), fault }
  }
  const entryIn = async (request: RequestHash): Promise<Found<Entry>> => {
    const path = entryName(request)
    const found = await tier.get(path, maxEntryBytes)
    if (found.kind !== 'hit') return found
    const entry = readEntry(parseJson(Buffer.from(found.value.bytes).toString('utf8')))
    if (entry?.requestHash === request && isHashOfRequest(entry))
      return { kind: 'hit', value: entry }
    const fault = 'it is not the entry of its request'
    return { kind: 'damaged', path: remote.addressOf(path), fault }
  }
  return {
    name,
    isTrusted,
    isReadOnly,
    addressOf: (request) => remote.addressOf(entryName(request)),
    entry: entryIn,
    original: originalIn,
    holds: (entry) => tier.has(originalName(entry)),
    push: async (entry, original) => {
      const fault = await formFault()
      if (fault !== undefined) return fault
      const bytes = await give(tier, originalName(entry), original)
      if (bytes.kind === 'unknown') return failed(bytes)
      // What bears our name there may have been put there by anybody.
      if (bytes.kind === 'taken') {
        const found = await originalIn(entry)
        if (found.kind !== 'hit') return missed(found)
      }
      const { requestHash } = entry
      const text = Buffer.from(encodeEntry(entry))
      const written = await give(tier, entryName(requestHash), text)
      if (written.kind === 'written') return { kind: 'pushed' }
      if (written.kind === 'unknown') return failed(written)
      const agreed = agreement(await entryIn(requestHash), entry)
      // The entry was there, and its bytes were gone.
      const isMended = agreed.kind === 'present' && bytes.kind === 'written'
      return isMended ? { kind: 'pushed' } : agreed
    },
  }
}

function entryName(request: RequestHash): string {
  return `entries/${request}.json`
}

function originalName({ original }: Entry): string {
  return `originals/${original.sha256}.${original.format}`
}

/** Writes an object unless there is one; where the server takes no conditions, it is looked for first. */
async function give(tier: RemoteTier, name: string, bytes: Uint8Array): Promise<Written> {
  const written = await tier.create(name, bytes)
  if (!isUnconditional(written)) return written
  const there = await tier.has(name)
  switch (there.kind) {
    case 'absent':
      return tier.put(name, bytes)
    case 'unknown':
      return { kind: 'unknown', cause: there.cause }
    case 'hit':
    case 'damaged':
      return { kind: 'taken' }
  }
}

/** Whether the server does not know conditions, so that nothing was written. */
function isUnconditional(written: Written): boolean {
  return (
    written.kind === 'unknown' && written.cause instanceof Refusal && written.cause.status === 501
  )
}

function failed({ cause }: Written & { readonly kind: 'unknown' }): Pushed {
  return { kind: 'failed', message: reasonOf(cause) }
}

/** Whether the entry that was there before speaks of the same picture. */
function agreement(found: Found<Entry>, { original }: Entry): Pushed {
  if (found.kind !== 'hit') return missed(found)
  return found.value.original.sha256 === original.sha256
    ? { kind: 'present' }
    : {
        kind: 'other',
        message:
          'it holds another picture of the same request, which it shows to machines without an entry',
      }
}

function missed(found: Exclude<Found<unknown>, { readonly kind: 'hit' }>): Pushed {
  switch (found.kind) {
    case 'absent':
      return { kind: 'failed', message: 'what was there is gone again' }
    case 'damaged':
      return { kind: 'failed', message: `\`${found.path}\`: ${found.fault}; remove it there` }
    case 'unknown':
      return { kind: 'failed', message: reasonOf(found.cause) }
  }
}
