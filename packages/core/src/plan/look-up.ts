import type { Settings } from '../config/settings.ts'
import { reasonOf } from '../error.ts'
import { hashFaultOf } from '../key/key.ts'
import type {
  DigitalSourceType,
  Entry,
  Found,
  Key,
  RecordedRequest,
  RequestHash,
  Store,
} from '../ports.ts'
import type { ImageRequest } from '../request/image-request.ts'
import { entryWayBack } from '../way-back.ts'
import { type EntryIndex, type Former, formerOf } from './entry-index.ts'
import type { Source, StoreFault } from './source.ts'

/** What the store holds of an image under its authored key. */
export interface FoundImage {
  readonly key: Key
  /** The requests that ask for it. */
  readonly requests: readonly ImageRequest[]
  /** The one that speaks for all: the first on a page that is published, else the first. */
  readonly request: ImageRequest
  readonly found: Found<Entry>
  /** Whether the original of an entry that was found is there. */
  readonly held?: Found<true>
}

/** An image, how it was found, and what a provider is asked for it. */
export interface LookUp extends FoundImage {
  readonly recorded: RecordedRequest
  readonly requestHash: RequestHash
}

/** Where images are looked for, and what else may be said of it. */
export interface Places {
  readonly settings: Settings
  readonly store: Store
}

/** Whether an image needs no look into the index of the store. */
export function isSettled({ request, found }: FoundImage): boolean {
  return found.kind === 'hit' && mayAnswer(found.value, request.digitalSourceType)
}

/**
 * What a picture of older defaults answers for: every image, none but those for which a person keeps it, or not even for
 * those, where it is to be made again.
 */
export type Pinning = 'pin' | 'follow' | 'upgrade'

/** Answers nothing only where the store and its tiers definitely hold neither the image nor a twin of it. */
export async function sourceInStore(
  lookUp: LookUp,
  index: Found<EntryIndex>,
  pinning: Pinning,
  places: Places,
): Promise<Source | undefined> {
  const { found, requestHash, request } = lookUp
  const { digitalSourceType } = request
  if (found.kind === 'unknown' || found.kind === 'damaged') return faultOf(found)
  if (found.kind === 'hit' && mayAnswer(found.value, digitalSourceType)) {
    // Asked where another hash would mean another purchase.
    const hashFault = found.value.requestHash === requestHash ? undefined : hashFaultOf(found.value)
    if (hashFault !== undefined) {
      const fault = `${hashFault}; ${entryWayBack}`
      return faultOf({ kind: 'damaged', path: `${found.value.key}.json`, fault })
    }
    const isPinned = !isMadeFor(found.value, requestHash)
    const isKept = found.value.keptFor === requestHash && pinning === 'follow'
    if (!isPinned || isKept || pinning === 'pin')
      return verified({ kind: 'stored', entry: found.value, isPinned }, places, lookUp.held)
  }
  if (index.kind === 'unknown' || index.kind === 'damaged') return faultOf(index)
  const entries = index.kind === 'hit' ? index.value : undefined
  const shared = entries?.byRequest.get(requestHash)
  if (shared !== undefined && mayAnswer(shared, digitalSourceType))
    return verified({ kind: 'shared', entry: shared }, places)
  return sharedElsewhere(lookUp, places)
}

/**
 * Whether a picture was bought by a request, or picked among the drafts of what is asked for by it. What a person put there
 * answers whatever is asked for there.
 */
function isMadeFor(entry: Entry, request: RequestHash): boolean {
  const isPicked = entry.pickedFrom !== undefined && entry.keptFor === request
  return entry.requestHash === request || isPicked || entry.adopted !== undefined
}

/** What other machines bought, which no entry here knows of. */
async function sharedElsewhere(
  { requestHash, request, requests }: LookUp,
  places: Places,
): Promise<Source | undefined> {
  const found = await places.store.shared(requestHash)
  switch (found.kind) {
    case 'hit': {
      if (!mayAnswer(found.value, request.digitalSourceType)) return undefined
      const source = await verified({ kind: 'shared', entry: found.value }, places)
      return source.kind === 'fault' ? elsewhere(source.fault, found.value, requests) : source
    }
    case 'absent':
      return undefined
    case 'unknown':
    case 'damaged':
      return elsewhere(storeFaultOf(found), undefined, requests)
  }
}

function elsewhere(
  fault: StoreFault,
  entry: Entry | undefined,
  requests: readonly ImageRequest[],
): Source | undefined {
  // For a draft nothing is bought, whatever others may have.
  if (requests.every(({ isDraft }) => isDraft)) return undefined
  const message =
    fault.kind === 'lost' && entry !== undefined
      ? `A remote tells of the original \`${entry.original.sha256}\`, and none has it; run \`imprompt push\` where it was bought`
      : fault.message
  return { kind: 'fault', fault: { kind: fault.kind, message, isElsewhere: true } }
}

/** What an image was bought as under an earlier text of its style, which a person keeps. */
export function keptIn({ entry }: Former, places: Places): Promise<Source> {
  return verified({ kind: 'kept', entry }, places)
}

/** What a missing image was bought as under an earlier text of its style, or of that of the picture that it is made from. */
export function formerIn(
  { request }: LookUp,
  base: Former | undefined,
  index: Found<EntryIndex>,
): Former | undefined {
  const former = index.kind === 'hit' ? formerOf(request, base, index.value) : undefined
  return former && mayAnswer(former.entry, request.digitalSourceType) ? former : undefined
}

/** A sketch stands in for no picture of a model. */
function mayAnswer(entry: Entry, wantedType: DigitalSourceType): boolean {
  const { digitalSourceType } = entry.original
  return digitalSourceType !== 'algorithmicMedia' || digitalSourceType === wantedType
}

async function verified(
  source: Source & { kind: 'stored' | 'shared' | 'kept' },
  { settings, store }: Places,
  held?: Found<true>,
): Promise<Source> {
  const found = held ?? (await store.holds(source.entry))
  switch (found.kind) {
    case 'hit':
      return source
    case 'unknown':
    case 'damaged':
      return faultOf(found)
    case 'absent':
      return { kind: 'fault', fault: { kind: 'lost', message: lossOf(source.entry, settings) } }
  }
}

/** Every remote was asked before. */
function lossOf({ key, original }: Entry, { remotes }: Settings): string {
  const lost =
    remotes.length === 0
      ? 'is gone from the store'
      : 'is gone from the store, and no remote has it: run `imprompt push` where it still is'
  return `The original \`${original.sha256}\` ${lost}; \`git restore\` brings it back where git has it, as \`imprompt doctor\` tells; else delete its entry \`${key}.json\` to buy it anew`
}

type Fault = Found<unknown> & { readonly kind: 'unknown' | 'damaged' }

function faultOf(found: Fault): Source {
  return { kind: 'fault', fault: storeFaultOf(found) }
}

function storeFaultOf(found: Fault): StoreFault {
  const detail = found.kind === 'damaged' ? found.fault : reasonOf(found.cause)
  return { kind: found.kind, message: `\`${found.path}\`: ${detail}` }
}
