import type { Settings } from '../config/settings.ts'
import type { Directive } from '../directive/directive.ts'
import { reasonOf } from '../error.ts'
import { authoredKeyOf, requestHashOf } from '../key/key.ts'
import type {
  DigitalSourceType,
  Entry,
  Estimate,
  Found,
  Key,
  Place,
  RecordedRequest,
  RequestHash,
  Size,
  Store,
  Verdict,
} from '../ports.ts'
import type { Problem } from '../problem.ts'
import type { ImageRequest } from '../request/request.ts'
import { priceOf } from './price.ts'

/** Where an image's bytes come from. */
export type Source =
  /** The store holds it, under the defaults of today or (`isPinned`) under older ones. */
  | { readonly kind: 'stored'; readonly entry: Entry; readonly isPinned: boolean }
  /** Another image of the store was bought by the same request. */
  | { readonly kind: 'shared'; readonly entry: Entry }
  /** An earlier image of this plan is bought by the same request. */
  | { readonly kind: 'twin'; readonly key: Key }
  | { readonly kind: 'new'; readonly estimate: Estimate }
  /** An earlier attempt ended in a refusal or without a known outcome. */
  | { readonly kind: 'barred'; readonly verdict: Verdict; readonly estimate: Estimate }
  /** The look-up could not tell, or what it found is damaged or gone. */
  | { readonly kind: 'fault'; readonly fault: StoreFault }

/** What keeps a look-up from being a hit without making it a miss. */
export interface StoreFault {
  readonly kind: 'unknown' | 'damaged' | 'lost'
  readonly message: string
}

/** One authored image, with every place that shows it. */
export interface PlannedImage {
  readonly key: Key
  readonly requestHash: RequestHash
  readonly prompt: string
  readonly request: RecordedRequest
  readonly digitalSourceType: DigitalSourceType
  /** Exact pixels of the finished picture. */
  readonly wanted: Size
  readonly places: readonly Place[]
  readonly source: Source
}

/** What a build would do, complete before anything is bought. */
export interface Plan {
  readonly files: number
  readonly directives: number
  /** In the order in which the content names them first. */
  readonly images: readonly PlannedImage[]
  readonly problems: readonly Problem[]
}

/** What a plan is made from. */
export interface PlanInput {
  /** How many files were read. */
  readonly files: number
  readonly directives: readonly Directive[]
  readonly requests: readonly ImageRequest[]
  readonly problems: readonly Problem[]
}

/** Looks every image up, and prices those that are missing. */
export async function planFor(
  input: PlanInput,
  settings: Settings,
  store: Store,
  verdicts: ReadonlyMap<RequestHash, Verdict>,
): Promise<Plan> {
  const groups = Map.groupBy(input.requests, authoredKeyOf)
  const lookUps = await Promise.all(
    [...groups].map(async ([key, [first]]) => ({ key, first, found: await store.entry(key) })),
  )
  const index =
    lookUps.every(isSettled) && settings.defaults === 'pin' ? noIndex : await store.index()
  const firstBuyers = new Map<RequestHash, Key>()
  const images: PlannedImage[] = []
  const problems: Problem[] = []
  for (const { key, first, found } of lookUps) {
    if (first === undefined) continue
    const requestHash = requestHashOf(first.request)
    const lookUp = { found, index, requestHash, wantedType: first.digitalSourceType }
    const source =
      (await sourceInStore(lookUp, settings, store)) ??
      twinOf(requestHash, firstBuyers) ??
      missing(first.request, verdicts.get(requestHash), settings)
    if (source === undefined) {
      const { provider, model } = first.request
      problems.push({ kind: 'price-unknown', provider, model, place: first.place })
      continue
    }
    if (source.kind === 'new') firstBuyers.set(requestHash, key)
    images.push({
      key,
      requestHash,
      prompt: first.prompt,
      request: first.request,
      digitalSourceType: first.digitalSourceType,
      wanted: source.kind === 'stored' && source.isPinned ? source.entry.wanted : first.wanted,
      places: (groups.get(key) ?? []).map((request) => request.place),
      source,
    })
  }
  return {
    files: input.files,
    directives: input.directives.length,
    images,
    problems: [...input.problems, ...problems],
  }
}

/** The index of the store is read only where an image is not found under its authored key. */
function isSettled(lookUp: {
  readonly first?: ImageRequest | undefined
  readonly found: Found<Entry>
}): boolean {
  const { first, found } = lookUp
  return (
    first !== undefined && found.kind === 'hit' && mayAnswer(found.value, first.digitalSourceType)
  )
}

type Index = Found<ReadonlyMap<RequestHash, Entry>>

const noIndex: Index = { kind: 'hit', value: new Map() }

interface LookUp {
  readonly found: Found<Entry>
  readonly index: Index
  readonly requestHash: RequestHash
  readonly wantedType: DigitalSourceType
}

/** Answers nothing only where the store definitely holds neither the image nor its twin. */
async function sourceInStore(
  lookUp: LookUp,
  settings: Settings,
  store: Store,
): Promise<Source | undefined> {
  const { found, index, requestHash } = lookUp
  if (found.kind === 'unknown' || found.kind === 'damaged') return faultOf(found)
  if (found.kind === 'hit' && mayAnswer(found.value, lookUp.wantedType)) {
    const isPinned = found.value.requestHash !== requestHash
    if (!isPinned || settings.defaults === 'pin')
      return verified({ kind: 'stored', entry: found.value, isPinned }, store)
  }
  if (index.kind === 'unknown' || index.kind === 'damaged') return faultOf(index)
  const shared = index.kind === 'hit' ? index.value.get(requestHash) : undefined
  return shared === undefined || !mayAnswer(shared, lookUp.wantedType)
    ? undefined
    : verified({ kind: 'shared', entry: shared }, store)
}

/** A sketch stands in for no picture of a model. */
function mayAnswer(entry: Entry, wantedType: DigitalSourceType): boolean {
  const { digitalSourceType } = entry.original
  return digitalSourceType === 'trainedAlgorithmicMedia' || digitalSourceType === wantedType
}

async function verified(
  source: Source & { kind: 'stored' | 'shared' },
  store: Store,
): Promise<Source> {
  const found = await store.original(source.entry)
  switch (found.kind) {
    case 'hit':
      return source
    case 'unknown':
    case 'damaged':
      return faultOf(found)
    case 'absent':
      return {
        kind: 'fault',
        fault: {
          kind: 'lost',
          message: `The original \`${source.entry.original.sha256}\` is gone from the store; restore it from git, or delete its entry \`${source.entry.key}.json\` to buy it anew`,
        },
      }
  }
}

function faultOf(found: Found<unknown> & { kind: 'unknown' | 'damaged' }): Source {
  const detail =
    found.kind === 'damaged' ? found.fault : `it cannot be read: ${reasonOf(found.cause)}`
  return { kind: 'fault', fault: { kind: found.kind, message: `\`${found.path}\`: ${detail}` } }
}

function twinOf(
  requestHash: RequestHash,
  firstBuyers: ReadonlyMap<RequestHash, Key>,
): Source | undefined {
  const key = firstBuyers.get(requestHash)
  return key === undefined ? undefined : { kind: 'twin', key }
}

/** Answers nothing where no price is known. */
function missing(
  request: RecordedRequest,
  verdict: Verdict | undefined,
  settings: Settings,
): Source | undefined {
  const estimate = priceOf(request, settings)
  if (estimate === undefined) return undefined
  return verdict === undefined ? { kind: 'new', estimate } : { kind: 'barred', verdict, estimate }
}
