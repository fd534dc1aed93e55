import type { Settings } from './config/settings.ts'
import type { Terms } from './config/terms.ts'
import { planOf } from './consented-plan.ts'
import { ImpromptError, errorOf, reasonOf } from './error.ts'
import { monthAfter } from './month-after.ts'
import { createOptimiser } from './optimise/optimiser.ts'
import { sourcesOf } from './optimise/sources.ts'
import { capOf, imagesToBuy, newImages, roomFor } from './plan/budget.ts'
import { type Consent, noConsent } from './plan/consent.ts'
import type { Baseline } from './plan/baseline.ts'
import { objectionsTo, unwritable } from './plan/gate.ts'
import { leftOut } from './plan/over-budget.ts'
import type { Plan, PlanInput } from './plan/plan.ts'
import type {
  Claims,
  Clock,
  DerivedStore,
  Environment,
  Incident,
  Journal,
  Key,
  Ledger,
  ReferenceFiles,
  SharedLedger,
  Store,
} from './ports.ts'
import { type Gallery, galleryOf } from './render/gallery.ts'
import { type Report, reportOf } from './report/report.ts'
import { type Connections, connect } from './resolve/connect.ts'
import type { Once } from './resolve/once.ts'
import type { Outcome } from './resolve/outcome.ts'
import { recover } from './resolve/recover.ts'
import { reservingJournal } from './resolve/reserving-journal.ts'
import { resolve } from './resolve/resolve.ts'
import { purchaseOn, setbacksOf, unpushed } from './resolve/setback.ts'
import { settleFound } from './resolve/settle-found.ts'
import { shareStored } from './resolve/share.ts'
import { toldClaims } from './resolve/told-claims.ts'

/** A project, and the world that its pipeline acts upon. */
export interface PipelineInput {
  readonly root: string
  /** Relative to the root; problems of configured pictures are told to stand there. */
  readonly configFile: string
  readonly settings: Settings
  readonly environment: Environment
  readonly store: Store
  readonly derived: DerivedStore
  readonly journal: Journal
  readonly ledger: Ledger
  /** What machines tell each other of what they spend; absent where they have no remote that is written to. */
  readonly sharedLedger?: SharedLedger
  readonly claims: Claims
  /** What went wrong in tiers of the store so far. */
  readonly incidents: () => readonly Incident[]
  readonly files: ReferenceFiles
  readonly clock: Clock
  /** Globs of content that a host knows to be output. */
  readonly ignore: readonly string[]
}

/** What a forecast, too, may take for granted. */
export interface ForecastOptions {
  readonly consent?: Consent
  /** What the pictures of the plan are compared with. */
  readonly baseline?: Baseline
  /** Images of older defaults that are made again, and no others; whatever is missing where it is left out. */
  readonly upgrades?: ReadonlySet<Key>
}

/** What a build may do beyond its terms. */
export interface BuildOptions extends ForecastOptions {
  /** Stops the queue; requests that are under way are waited for. */
  readonly stop?: AbortSignal
  /** Encodes no file before it is asked for. */
  readonly isLazy?: boolean
  /** Told, in a line each, whom or what the build waits for where that takes more than a moment. */
  readonly tell?: (line: string) => void
}

/** What a build would come to. */
export interface Forecast {
  readonly report: Report
  /** Why the build must not go on; the report is complete all the same. */
  readonly failure: ImpromptError | undefined
}

/** What a build came to. */
export interface Build extends Forecast {
  readonly gallery: Gallery
}

/** A project that is built more than once. */
export interface OpenPipeline extends PipelineInput {
  readonly inFlight: Once<Outcome>
}

/** Where nothing was bought. */
export const noOutcomes: ReadonlyMap<Key, Outcome> = new Map()

/** Buys what is missing where the terms allow it, and makes the pictures. */
export async function build(
  scan: PlanInput,
  terms: Terms,
  options: BuildOptions,
  input: OpenPipeline,
): Promise<Build> {
  const { settings, store } = input
  const ports = { ...input, ...options }
  if (terms.mode === 'generate')
    await recover({ ...ports, claims: toldClaims(input.claims, [], ports) })
  const { consent = noConsent, upgrades } = options
  const plan = await planOf(scan, input, { consent, terms, upgrades })
  if (terms.mode === 'generate') await settleFound(plan.images, input)
  const connections = connect(newImages(plan), settings.providers, input.environment)
  const objection = await objectionTo(plan, terms, connections, input)
  const mayBuy = objection === undefined && terms.mode === 'generate'
  const outcomes = mayBuy ? await buy(plan, terms, connections, ports) : noOutcomes
  const hasPlaceholders = terms.mode === 'placeholder'
  const optimiser = createOptimiser(input.derived)
  const sources = sourcesOf(plan, outcomes, store, hasPlaceholders)
  const gallery = galleryOf(sources, scan.known, settings, optimiser)
  const setback =
    objection ??
    errorOf([
      ...setbacksOf(newImages(plan), outcomes, purchaseOn(terms, settings)),
      ...leftOut(plan, terms),
      ...unpushed(terms, input.incidents()),
    ])
  const isComplete = setback === undefined && options.isLazy !== true
  const failure = isComplete ? await encode(gallery, scan) : setback
  const counts = { requests: connections.requests(), encoded: optimiser.encoded() }
  const globs = settings.content
  return {
    gallery,
    failure,
    report: reportOf({
      plan,
      terms,
      globs,
      outcomes,
      hasPlaceholders,
      incidents: input.incidents(),
      ...counts,
      ...(await monthAfter(outcomes, input)),
    }),
  }
}

/** Why a plan must not go on; where it would buy, also whether what it buys could be stored. */
async function objectionTo(
  plan: Plan,
  terms: Terms,
  connections: Connections,
  { store, settings }: PipelineInput,
): Promise<ImpromptError | undefined> {
  const batchOnly = batchOnlyIn(settings)
  const objections = objectionsTo(plan, terms, connections.locked, batchOnly)
  const images = imagesToBuy(plan, terms)
  if (objections.length > 0 || terms.mode !== 'generate' || images.length === 0)
    return errorOf(objections)
  const obstacle = await store.writeObstacle(roomFor(images))
  return obstacle === undefined ? undefined : errorOf([unwritable(images, terms, obstacle)])
}

/** Providers that no build waits for. */
export function batchOnlyIn({ providers }: Settings): ReadonlySet<string> {
  return new Set([...providers].flatMap(([id, { isBatchOnly }]) => (isBatchOnly ? [id] : [])))
}

async function buy(
  plan: Plan,
  terms: Terms,
  connections: Connections,
  input: OpenPipeline & BuildOptions,
): Promise<ReadonlyMap<Key, Outcome>> {
  const limits = {
    budgetMicroUsd: capOf(terms),
    concurrency: input.settings.concurrency,
    connections: connections.byId,
  }
  const { consent = noConsent, stop = new AbortController().signal } = input
  const ports = { ...input, journal: reservingJournal(terms, input), consent, stop }
  const outcomes = await resolve(plan, imagesToBuy(plan, terms), limits, ports)
  await shareStored(plan, input.store)
  // A build that was waited for, and killed, left what it could not tell.
  if ([...outcomes.values()].some(({ kind }) => kind === 'unknown')) await recover(ports)
  return outcomes
}

/** What was bought is told also where its files cannot be made. */
async function encode(gallery: Gallery, scan: PlanInput): Promise<ImpromptError | undefined> {
  try {
    await gallery.encode(scan.requests)
    return undefined
  } catch (cause) {
    if (cause instanceof ImpromptError) return cause
    const message = `A picture cannot be encoded: ${reasonOf(cause)}. What was bought is stored`
    return new ImpromptError('ENCODING_FAILED', message, { cause })
  }
}
