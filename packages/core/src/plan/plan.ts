import type { Settings } from '../config/settings.ts'
import type { Directive } from '../directive/directive.ts'
import { authoredKeyOf } from '../key/key.ts'
import type {
  DigitalSourceType,
  Entry,
  Found,
  Key,
  Place,
  RecordedRequest,
  RequestHash,
  Size,
  Store,
} from '../ports.ts'
import type { Problem } from '../problem.ts'
import type { ImageRequest } from '../request/image-request.ts'
import type { Known } from '../request/known.ts'
import { namedStyle } from '../request/style.ts'
import { captionOf } from '../request/variation.ts'
import { besideMissing } from './beside-missing.ts'
import type { Consent } from './consent.ts'
import { type EntryIndex, indexOf } from './entry-index.ts'
import { findAll, maskProblem } from './find-all.ts'
import { type History, type Pass, findSources, nothingSeen } from './find-source.ts'
import { type LookUp, isSettled } from './look-up.ts'
import { attributePlaces, policyProblems } from './policy.ts'
import { retirementDay, retirementOf } from './retirement.ts'
import type { Source } from './source.ts'
import type { Spending } from './spending.ts'
import { withBases } from './with-bases.ts'

/** One authored image, with every place that shows it. */
export interface PlannedImage {
  readonly key: Key
  readonly requestHash: RequestHash
  /** Its author's words, or what it is a variation of, where its author wrote none. */
  readonly prompt: string
  readonly request: RecordedRequest
  /** The picture that it is made from. */
  readonly base: Key | undefined
  /** The style that its author names, for its entry. */
  readonly style: Entry['style']
  readonly digitalSourceType: DigitalSourceType
  /** Exact pixels of the finished picture. */
  readonly wanted: Size
  readonly places: readonly Place[]
  readonly source: Source
  /** What stands under its key and does not answer for it, such as a sketch: what is bought or shared takes its place. */
  readonly replaces: Replaced | undefined
}

/** A stored picture whose place another one is to take. */
export interface Replaced {
  readonly entry: Entry
  /** `YYYY-MM-DD` on which its model is shut down; nothing for one that goes on. */
  readonly retiresOn: string | undefined
}

/** What a build would do, complete before anything is bought. */
export interface Plan {
  readonly files: number
  readonly directives: number
  /** In the order in which the content names them first. */
  readonly images: readonly PlannedImage[]
  readonly problems: readonly Problem[]
  /** Text of the files that have problems, by name. */
  readonly sources: ReadonlyMap<string, string>
  /** What was spent before, and may have been; absent where no rule of the budget asks. */
  readonly spending?: Spending
  /** What a person has consented to. @default nothing */
  readonly consent?: Consent
}

/** What a plan is made from. */
export interface PlanInput {
  /** How many files were read. */
  readonly files: number
  readonly directives: readonly Directive[]
  readonly requests: readonly ImageRequest[]
  /** What its directives may refer to. */
  readonly known: Known
  readonly problems: readonly Problem[]
  /** Text of the files that may have problems, by name. */
  readonly sources: ReadonlyMap<string, string>
}

/** Looks every image up, and prices those that are missing, with whatever these are made from. */
export async function planFor(
  input: PlanInput,
  settings: Settings,
  store: Store,
  history: History,
): Promise<Plan> {
  const { upgrades } = history
  const all = await findAll(input.requests, store)
  const found = upgrades === undefined ? all : besideMissing(all, upgrades)
  const isComplete = found.every(isSettled) && settings.defaults === 'pin' && upgrades === undefined
  const index = isComplete ? noIndex : await readIndex(store)
  const pass: Pass = { ...history, index, settings, store, ...nothingSeen() }
  const placeOf = attributePlaces(input.directives)
  const buyers: ImageRequest[] = []
  const images = new Map<Key, PlannedImage>()
  const problems: Problem[] = []
  const retirements: Retirement[] = []
  for (const { lookUp, source } of await findSources(found, pass)) {
    const retirement = retirementIn(lookUp, source, settings, history)
    if (retirement !== undefined) retirements.push(retirement)
    if (retirement?.kind === 'model-retired') continue
    if (source === undefined) problems.push(priceUnknown(lookUp))
    else {
      if (source.kind === 'new') {
        buyers.push(lookUp.request)
        problems.push(...policyProblems(lookUp, settings, placeOf))
        const problem = maskProblem(lookUp, pass.held, input.known.files)
        if (problem !== undefined) problems.push(problem)
      }
      images.set(lookUp.key, planned(lookUp, source, settings))
    }
  }
  const requests = withBases(input.requests, buyers)
  if (requests !== undefined) return planFor({ ...input, requests }, settings, store, history)
  return {
    files: input.files,
    directives: input.directives.length,
    images: found.flatMap(({ key }) => images.get(key) ?? []),
    problems: [...input.problems, ...problems, ...onceEach(retirements)],
    sources: input.sources,
  }
}

const noIndex: Found<EntryIndex> = { kind: 'hit', value: indexOf([]) }

async function readIndex(store: Store): Promise<Found<EntryIndex>> {
  const entries = await store.entries()
  return entries.kind === 'hit' ? { kind: 'hit', value: indexOf(entries.value) } : entries
}

function describedBy({ prompt, base }: ImageRequest): string {
  return prompt === '' && base !== undefined ? `variation of ${captionOf(base)}` : prompt
}

function planned(lookUp: LookUp, source: Source, settings: Settings): PlannedImage {
  const { key, requests, requestHash, recorded } = lookUp
  const { style, base, digitalSourceType, wanted } = lookUp.request
  const hasOwnSize = source.kind === 'kept' || (source.kind === 'stored' && isOfItsOwn(source))
  return {
    key,
    requestHash,
    prompt: describedBy(lookUp.request),
    request: recorded,
    base: base === undefined ? undefined : authoredKeyOf(base),
    style: namedStyle(style),
    digitalSourceType,
    wanted: hasOwnSize ? source.entry.wanted : wanted,
    places: requests.map(({ place }) => place),
    source,
    replaces: replacedIn(lookUp, source, settings),
  }
}

function replacedIn({ found }: LookUp, { kind }: Source, settings: Settings): Replaced | undefined {
  if (found.kind !== 'hit' || kind === 'stored' || kind === 'fault') return undefined
  return { entry: found.value, retiresOn: retirementDay(found.value.request, settings) }
}

/** Whether a stored picture is not the one that would be bought today. */
function isOfItsOwn({ isPinned, entry }: Source & { readonly kind: 'stored' }): boolean {
  return isPinned || entry.adopted !== undefined
}

type Retirement = Problem & { kind: 'model-retired' | 'model-retiring' }

/** What is new is told, and a default that retires also where all is stored. */
function retirementIn(
  { request, requests, recorded, requestHash }: LookUp,
  source: Source | undefined,
  settings: Settings,
  { today, verdicts }: Pick<History, 'today' | 'verdicts'>,
): Retirement | undefined {
  const isWanted = requests.some(({ isDraft }) => !isDraft) && !verdicts.has(requestHash)
  const isNew = source === undefined ? isWanted : source.kind === 'new'
  const fault = retirementOf(recorded, settings, today)
  if (fault === undefined) return undefined
  const isDefault = !request.explicit.has('model') && fault.kind === 'model-retiring'
  return isNew || isDefault ? { ...fault, place: request.place } : undefined
}

/** A warning at the first place of each model, and every error. */
function onceEach(retirements: readonly Retirement[]): readonly Retirement[] {
  const isFirst = (one: Retirement): boolean =>
    retirements.find(
      ({ kind, model, provider }) =>
        kind === one.kind && model === one.model && provider === one.provider,
    ) === one
  return retirements.filter((one) => one.kind === 'model-retired' || isFirst(one))
}

function priceUnknown({ request }: LookUp): Problem {
  const { provider, model } = request.request
  return { kind: 'price-unknown', provider, model, place: request.place }
}
