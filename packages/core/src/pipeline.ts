import {
  type Build,
  type BuildOptions,
  type Forecast,
  type ForecastOptions,
  type PipelineInput,
  batchOnlyIn,
  build,
  noOutcomes,
} from './build.ts'
import type { Terms } from './config/terms.ts'
import { planOf } from './consented-plan.ts'
import { type Diagnostic, diagnosticsOf } from './diagnostic.ts'
import { directiveOfConfigImage } from './directive/config-image.ts'
import { type Content, createContentReader, noContent } from './directive/content.ts'
import type { Directive } from './directive/directive.ts'
import { type DraftChoice, draftInput } from './draft-input.ts'
import { ImpromptError, type Objection, errorOf } from './error.ts'
import { monthAfter } from './month-after.ts'
import { imagesToBuy, newImages } from './plan/budget.ts'
import { noConsent } from './plan/consent.ts'
import { objectionsOnAnyTerms, objectionsTo, unwritable } from './plan/gate.ts'
import type { PlanInput } from './plan/plan.ts'
import { type DraftPick, type PickTerms, pick } from './pick.ts'
import { upgradesIn } from './plan/upgrades.ts'
import { planInputOf } from './read-project.ts'
import { describePlace } from './place.ts'
import type { Key, Place } from './ports.ts'
import { reportOf } from './report/report.ts'
import type { ImageRequest } from './request/image-request.ts'
import { isReuse } from './request/reuse.ts'
import { isVariation } from './request/variation.ts'
import {
  type Adoption,
  type Withdrawal,
  type PersonsPicture,
  adopt,
  undoAdoption,
} from './resolve/adopt.ts'
import { runInBatches } from './resolve/batch.ts'
import { connect } from './resolve/connect.ts'
import { once } from './resolve/once.ts'
import type { Outcome } from './resolve/outcome.ts'
import { reservingJournal } from './resolve/reserving-journal.ts'
import type { Settings } from './config/settings.ts'

/** What a build would come to, looked at before it. */
export interface Outlook extends Forecast {
  /** What is wrong whoever may buy and within whatever budget: problems, a store that cannot tell, earlier attempts. */
  readonly onAnyTerms: readonly Objection[]
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
  /** Takes up drafts of one picture, for a forecast or a build of nothing else. */
  draftsOf(scan: PlanInput, choice: DraftChoice): PlanInput
  /**
   * Which pictures keep older defaults and can be made again, of those at the places, or of all where none is named; and
   * why others of models that retire cannot. Buys nothing.
   */
  upgrades(scan: PlanInput, terms: Terms, places: readonly Place[]): Promise<UpgradeChoice>
  /** What a build on these terms would come to; buys nothing, makes nothing, needs no key. */
  forecast(scan: PlanInput, terms: Terms, options?: ForecastOptions): Promise<Outlook>
  /** Buys what is missing where the terms allow it, and makes the pictures. */
  build(scan: PlanInput, terms: Terms, options?: BuildOptions): Promise<Build>
  /** Collects what was made in batches, and hands in what is missing where the terms allow it; encodes nothing. */
  generateInBatch(
    scan: PlanInput,
    terms: Terms,
    options?: BuildOptions,
  ): Promise<Forecast & { readonly notice: string }>
  /** Puts a person's picture in the place of the image that stands at a place; see `adopt`. */
  adopt(scan: PlanInput, place: Place, picture: PersonsPicture): Promise<Adoption>
  /** Puts back what was bought there before; see `undoAdoption`. */
  undoAdoption(scan: PlanInput, place: Place): Promise<Adoption | Withdrawal>
  /** Buys the final picture of a draft, and puts it in its place; see `pick`. */
  pick(scan: PlanInput, choice: DraftPick, terms: PickTerms): Promise<Build>
  /** A configured picture as the directive that it stands for. */
  configImage(name: string): Directive | undefined
}

/** Which pictures can be made again by today's defaults. */
export interface UpgradeChoice {
  /** For the `upgrades` of a forecast or a build. */
  readonly keys: ReadonlySet<Key>
  readonly left: readonly Diagnostic[]
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
    draftsOf: (planInput, choice) => draftInput(planInput, choice, settings),
    upgrades: async (planInput, terms, places) => {
      const today = input.clock.now().toISOString().slice(0, 10)
      const { keys, left } = await upgradesIn({
        settings,
        today,
        places,
        plan: (upgrades) => planOf(planInput, input, { consent: noConsent, terms, upgrades }),
      })
      return { keys, left: diagnosticsOf(left, planInput.sources) }
    },
    forecast: async (planInput, terms, { consent = noConsent, baseline, upgrades } = {}) => {
      const plan = await planOf(planInput, input, { consent, terms, upgrades })
      const { locked } = connect(newImages(plan), settings.providers, environment)
      const batchOnly = batchOnlyIn(settings)
      const objections = objectionsTo(plan, terms, locked, batchOnly)
      const images = terms.mode === 'generate' ? imagesToBuy(plan, terms) : []
      const isClear = objections.length === 0 && images.length > 0
      const closure = isClear ? await input.store.closure() : undefined
      const failure = errorOf(
        closure === undefined ? objections : [unwritable(images, terms, closure)],
      )
      const globs = settings.content
      return {
        failure,
        onAnyTerms: objectionsOnAnyTerms(plan, terms, batchOnly),
        report: reportOf({
          plan,
          terms,
          globs,
          incidents: input.incidents(),
          baseline,
          ...untouched,
        }),
      }
    },
    generateInBatch: async (planInput, terms, options = {}) => {
      const { consent = noConsent, stop = new AbortController().signal } = options
      const run = await runInBatches({
        ...input,
        ...options,
        journal: reservingJournal(terms, input),
        terms,
        stop,
        consent,
        planOf: (priced) => planOf(planInput, { ...input, settings: priced }, { consent, terms }),
      })
      const globs = settings.content
      const incidents = input.incidents()
      const month = await monthAfter(run.outcomes, input)
      return {
        ...run,
        report: reportOf({ ...untouched, ...run, terms, globs, incidents, ...month }),
      }
    },
    adopt: async (planInput, place, picture) => adopt(requestAt(place, planInput), picture, input),
    undoAdoption: async (planInput, place) =>
      undoAdoption(requestAt(place, planInput), input.store),
    pick: (planInput, choice, terms) => pick(planInput, choice, terms, { ...input, inFlight }),
    build: (planInput, terms, options = {}) =>
      build(planInput, terms, options, { ...input, inFlight }),
  }
}

function requestAt(place: Place, { requests }: PlanInput): ImageRequest {
  const where = describePlace(place)
  const request = requests.find((one) => describePlace(one.place) === where)
  if (request !== undefined) return request
  const message = `${where}  There are problems to mend first, see \`imprompt lint\`; nothing was changed`
  throw new ImpromptError('AUTHORING_PROBLEMS', message)
}

/** What a report tells of a plan that nobody carried out. */
const untouched = { outcomes: noOutcomes, requests: 0, encoded: 0, hasPlaceholders: false } as const
