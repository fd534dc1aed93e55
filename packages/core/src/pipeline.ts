import type { Settings } from './config/settings.ts'
import type { Terms } from './config/terms.ts'
import { planOf } from './consented-plan.ts'
import { directiveOfConfigImage } from './directive/config-image.ts'
import { type Content, createContentReader, noContent } from './directive/content.ts'
import type { Directive } from './directive/directive.ts'
import { ImpromptError, errorOf, reasonOf } from './error.ts'
import { createOptimiser } from './optimise/optimiser.ts'
import { sourcesOf } from './optimise/sources.ts'
import { newImages, roomFor } from './plan/budget.ts'
import { type Consent, noConsent } from './plan/consent.ts'
import { objectionsTo, unwritable } from './plan/gate.ts'
import type { Plan, PlanInput } from './plan/plan.ts'
import type {
  Claims,
  Clock,
  DerivedStore,
  Environment,
  Journal,
  Key,
  ReferenceFiles,
  Store,
} from './ports.ts'
import { type Gallery, galleryOf } from './render/gallery.ts'
import { planInputOf } from './read-project.ts'
import { type Report, reportOf } from './report/report.ts'
import { isReuse } from './request/reuse.ts'
import { isVariation } from './request/variation.ts'
import { runInBatches } from './resolve/batch.ts'
import { type Connections, connect } from './resolve/connect.ts'
import { type Once, once } from './resolve/once.ts'
import type { Outcome } from './resolve/purchase.ts'
import { recover } from './resolve/recover.ts'
import { resolve } from './resolve/resolve.ts'
import { setbacksOf } from './resolve/setback.ts'
import { shareStored } from './resolve/share.ts'

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
  readonly claims: Claims
  readonly files: ReferenceFiles
  readonly clock: Clock
  /** Globs of content that a host knows to be output. */
  readonly ignore: readonly string[]
}

export type { Consent } from './plan/consent.ts'

/** What a forecast, too, may take for granted. */
export interface ForecastOptions {
  readonly consent?: Consent
}

/** What a build may do beyond its terms. */
export interface BuildOptions extends ForecastOptions {
  /** Stops the queue; requests that are under way are waited for. */
  readonly stop?: AbortSignal
  /** Encodes no file before it is asked for. */
  readonly isLazy?: boolean
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

/** The stages in their order, over one project. */
export interface Pipeline {
  readonly root: string
  readonly settings: Settings
  /** Every directive of the project's content and configuration. */
  scan(): Promise<PlanInput>
  /** What one file asks for. */
  read(source: string, file: string): Content
  /** What the configuration asks for. */
  readImages(): Content
  /** Understands a part of the project; where it names pictures of other parts, the rest is read for their names. */
  understand(content: Content): Promise<PlanInput>
  /** What a build on these terms would come to; buys nothing, makes nothing, needs no key. */
  forecast(scan: PlanInput, terms: Terms, options?: ForecastOptions): Promise<Forecast>
  /** Buys what is missing where the terms allow it, and makes the pictures. */
  build(scan: PlanInput, terms: Terms, options?: BuildOptions): Promise<Build>
  /** Collects what was made in batches, and hands in what is missing where the terms allow it; encodes nothing. */
  generateInBatch(
    scan: PlanInput,
    terms: Terms,
    options?: BuildOptions,
  ): Promise<Forecast & { readonly notice: string }>
  /** A configured picture as the directive that it stands for. */
  configImage(name: string): Directive | undefined
}

/** Opens the stages over one project; nothing is read before a method asks for it. */
export function createPipeline(input: PipelineInput): Pipeline {
  const { root, settings, environment } = input
  const reader = createContentReader()
  const inFlight = once<Outcome>()
  const configImage = (name: string): Directive | undefined => {
    const image = settings.images.get(name)
    return image && directiveOfConfigImage(name, image, input.configFile)
  }
  const readImages = (): Content => {
    const directives = [...settings.images.keys()].flatMap((name) => configImage(name) ?? [])
    return { ...noContent, directives }
  }
  const scan = async (): Promise<PlanInput> => {
    const content = await reader.readAll(root, settings.content, input.ignore)
    const directives = [...content.directives, ...readImages().directives]
    return planInputOf({ ...content, directives }, settings, input.files)
  }
  return {
    root,
    settings,
    configImage,
    scan,
    read: reader.read,
    readImages,
    understand: async (content) => {
      const isNaming = content.directives.some((one) => isReuse(one) || isVariation(one))
      const names = isNaming ? (await scan()).known.names : undefined
      return planInputOf(content, settings, input.files, names)
    },
    forecast: async (planInput, terms, { consent = noConsent } = {}) => {
      const plan = await planOf(planInput, input, consent)
      const { locked } = connect(newImages(plan), settings.providers, environment)
      const failure = errorOf(objectionsTo(plan, terms, locked, batchOnlyIn(settings)))
      const globs = settings.content
      return { failure, report: reportOf({ plan, terms, globs, ...untouched }) }
    },
    generateInBatch: async (planInput, terms, options = {}) => {
      const { consent = noConsent, stop = new AbortController().signal } = options
      const run = await runInBatches({
        ...input,
        terms,
        stop,
        planOf: (priced) => planOf(planInput, { ...input, settings: priced }, consent),
      })
      const globs = settings.content
      return { ...run, report: reportOf({ ...untouched, ...run, terms, globs }) }
    },
    build: (planInput, terms, options = {}) =>
      build(planInput, terms, options, { ...input, inFlight }),
  }
}

interface OpenPipeline extends PipelineInput {
  readonly inFlight: Once<Outcome>
}

const noOutcomes: ReadonlyMap<Key, Outcome> = new Map()

/** What a report tells of a plan that nobody carried out. */
const untouched = { outcomes: noOutcomes, requests: 0, encoded: 0, hasPlaceholders: false } as const

async function build(
  scan: PlanInput,
  terms: Terms,
  options: BuildOptions,
  input: OpenPipeline,
): Promise<Build> {
  const { settings, store } = input
  if (terms.mode === 'generate') await recover(input)
  const plan = await planOf(scan, input, options.consent ?? noConsent)
  const connections = connect(newImages(plan), settings.providers, input.environment)
  const objection = await objectionTo(plan, terms, connections, input)
  const mayBuy = objection === undefined && terms.mode === 'generate'
  const outcomes = mayBuy
    ? await buy(plan, terms, connections, { ...input, ...options })
    : noOutcomes
  const hasPlaceholders = terms.mode === 'placeholder'
  const optimiser = createOptimiser(input.derived)
  const sources = sourcesOf(plan, outcomes, store, hasPlaceholders)
  const gallery = galleryOf(sources, scan.known, settings, optimiser)
  const setback = objection ?? errorOf(setbacksOf(newImages(plan), outcomes))
  const isComplete = setback === undefined && options.isLazy !== true
  const failure = isComplete ? await encode(gallery, scan) : setback
  const counts = { requests: connections.requests(), encoded: optimiser.encoded() }
  const globs = settings.content
  return {
    gallery,
    failure,
    report: reportOf({ plan, terms, globs, outcomes, hasPlaceholders, ...counts }),
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
  const images = newImages(plan)
  if (objections.length > 0 || terms.mode !== 'generate' || images.length === 0)
    return errorOf(objections)
  const obstacle = await store.writeObstacle(roomFor(images))
  return obstacle === undefined ? undefined : errorOf([unwritable(images, obstacle)])
}

function batchOnlyIn({ providers }: Settings): ReadonlySet<string> {
  return new Set([...providers].flatMap(([id, { isBatchOnly }]) => (isBatchOnly ? [id] : [])))
}

async function buy(
  plan: Plan,
  terms: Terms,
  connections: Connections,
  input: OpenPipeline & BuildOptions,
): Promise<ReadonlyMap<Key, Outcome>> {
  const limits = {
    budgetMicroUsd: terms.budgetMicroUsd,
    concurrency: input.settings.concurrency,
    connections: connections.byId,
  }
  const { consent = noConsent, stop = new AbortController().signal } = input
  const ports = { ...input, consent, stop }
  const outcomes = await resolve(plan, newImages(plan), limits, ports)
  await shareStored(plan, input.store)
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
