import type {
  ClaimEnd,
  Claims,
  Entry,
  Intent,
  Journal,
  Sha256,
  Store,
  UnfinishedPurchase,
} from '../ports.ts'
import { boughtAs } from './bought-entry.ts'

/** Where purchases are recovered. */
export interface RecoveryPorts {
  readonly store: Store
  readonly journal: Journal
  readonly claims: Claims
  /** Ends the wait for builds elsewhere that are about the same; what is left stays on record. @default never */
  readonly stop?: AbortSignal
}

/**
 * Finishes purchases whose reply arrived and whose build ended before it was stored: bytes that are there, in the store or
 * out of the way, get their entry. Of other attempts that a build left behind the ledger tells that their end is unknown.
 * Spends nothing. What other builds are about is left to them.
 */
export async function recover(ports: RecoveryPorts): Promise<void> {
  for (const unfinished of await ports.journal.unfinished()) {
    if (ports.stop?.aborted === true) return
    if (await ports.claims.isHeld(unfinished.intent.requestHash)) continue
    // What cannot be recovered now stays on record, and is tried again.
    await finish(unfinished, ports).catch(() => undefined)
  }
}

async function finish({ intent, entry }: UnfinishedPurchase, ports: RecoveryPorts): Promise<void> {
  const { stop = new AbortController().signal } = ports
  const claim = await ports.claims.claim(intent.requestHash, stop)
  let end: ClaimEnd = 'open'
  try {
    const kept = entry && (await keptOf(entry, intent, ports.store))
    if (entry === undefined || kept === undefined) return await ports.journal.giveUp(intent)
    end = kept === 'kept' ? 'resolved' : kept
    await ports.journal.settle(intent, boughtAs(entry))
  } finally {
    await claim.end(end)
  }
}

/**
 * Where what was bought is, be it that it gets there now; nothing where the store does not hold it. Of two purchases of a
 * picture the earlier one stands, unless the later one was to take its place and nothing took that one's place since. The
 * bytes of the other one stay where they are; what a person adopted stands, and tells of what was bought.
 */
async function keptOf(
  entry: Entry,
  { replaces }: Intent,
  store: Store,
): Promise<'kept' | 'unpushed' | undefined> {
  const found = await store.entry(entry.key)
  if (found.kind === 'unknown' || found.kind === 'damaged') return undefined
  const there = found.kind === 'hit' ? found.value : undefined
  const isThere = there !== undefined && isSamePurchase(there, entry)
  if (there !== undefined && !isThere && isStanding(there, entry, replaces)) return 'kept'
  const original = await store.original(entry)
  const bytes =
    original.kind === 'hit' ? original.value : await store.fromQuarantine(entry.original.sha256)
  // Also what is stored here may not have got to where other machines look for it.
  if (bytes !== undefined) return store.keep(isThere ? there : entry, bytes)
  return isThere ? 'kept' : undefined
}

/** A model may make the same bytes of two requests. */
function isSamePurchase(one: Entry, other: Entry): boolean {
  return one.requestHash === other.requestHash && one.original.sha256 === other.original.sha256
}

/** Whether what is there stays: it took the place of the purchase since, or is earlier and none was to take its own. */
function isStanding(there: Entry, entry: Entry, replaced: Sha256 | undefined): boolean {
  if (there.adopted !== undefined) return false
  if (there.former?.some((one) => isSamePurchase(one, entry)) === true) return true
  return there.original.sha256 !== replaced && there.boughtAt <= entry.boughtAt
}
