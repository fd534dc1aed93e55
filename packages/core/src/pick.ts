import { type Build, type BuildOptions, type OpenPipeline, build } from './build.ts'
import type { Terms } from './config/terms.ts'
import { planOf } from './consented-plan.ts'
import { draftsCommand, pickCommand } from './draft-commands.ts'
import { draftsThere } from './drafts-there.ts'
import { type DraftChoice, draftInput } from './draft-input.ts'
import { ImpromptError, reasonOf } from './error.ts'
import { authoredKeyOf } from './key/key.ts'
import { describePlace } from './place.ts'
import { noConsent } from './plan/consent.ts'
import type { Plan, PlanInput, PlannedImage } from './plan/plan.ts'
import type { Entry, Estimate } from './ports.ts'
import { finalFault, finalOf, plainFinalOf } from './request/final.ts'
import type { ImageRequest } from './request/image-request.ts'
import { requestFor } from './request/request.ts'
import { pickedEntry } from './resolve/share.ts'

/** The draft that a person picks for a picture. */
export interface DraftPick extends DraftChoice {
  /** Whether the final picture is made without the draft. */
  readonly isPlain: boolean
}

/** On what terms a final picture is bought. */
export interface PickTerms {
  readonly terms: Terms
  readonly options: BuildOptions
  /** Told what it is expected to cost, before it is bought; of one that is stored nothing is told. */
  readonly price: (estimate: Estimate) => void
}

/**
 * Buys the final picture of a draft on the terms of a build, and puts it in the place of whatever the image had. The
 * purchase has a key of its own, so that a pick which ends midway pays for nothing twice, and going back to an earlier one
 * costs nothing while that is stored. What stood in its place stays stored, too.
 * @param choice Of one number.
 * @throws `USAGE` where there is no such draft or nothing can be made from it; `STORE_NOT_WRITABLE` where the picture is
 * bought and what stood in its place stands
 */
export async function pick(
  scan: PlanInput,
  choice: DraftPick,
  { terms, options, price }: PickTerms,
  input: OpenPipeline,
): Promise<Build> {
  const { directive } = choice
  const drafts = draftInput(scan, choice, input.settings)
  const understood = requestFor(directive, input.settings, scan.known)
  const [draft] = drafts.requests
  if (draft === undefined || 'problems' in understood) {
    const problems = 'problems' in understood ? understood.problems : drafts.problems
    return build({ ...drafts, requests: [], problems }, terms, options, input)
  }
  const { request } = understood
  const fault = choice.isPlain ? undefined : finalFault(request, input.settings)
  if (fault !== undefined) throw unfit(choice, fault)
  const final = choice.isPlain ? plainFinalOf(request, draft) : finalOf(request, draft)
  const asked = { ...drafts, requests: [draft, final, request, ...basesOf(request)] }
  const conditions = { consent: options.consent ?? noConsent, terms }
  const plan = await planOf(asked, input, conditions)
  const [draftImage, finalImage, image] = [draft, final, request].map((one) => imageOf(one, plan))
  if (draftImage !== undefined && isMissing(draftImage))
    throw absent(choice, await draftsThere(scan, choice, input))
  if (finalImage?.source.kind === 'new') price(finalImage.source.estimate)
  const built = await build({ ...drafts, requests: [draft, final] }, terms, options, input)
  if (built.failure !== undefined) return built
  const bought = await input.store.entry(authoredKeyOf(final))
  if (image === undefined || bought.kind !== 'hit') throw unplaced(choice, undefined)
  const entry = pickedEntry(bought.value, image, authoredKeyOf(draft))
  await place(entry, choice, input)
  return built
}

function basesOf({ base }: ImageRequest): readonly ImageRequest[] {
  return base === undefined ? [] : [base, ...basesOf(base)]
}

function imageOf(request: ImageRequest, { images }: Plan): PlannedImage | undefined {
  const key = authoredKeyOf(request)
  return images.find((one) => one.key === key)
}

/** What a look-up could not tell is objected to by the build. */
function isMissing({ source }: PlannedImage): boolean {
  return source.kind === 'new' || source.kind === 'barred'
}

async function place(entry: Entry, choice: DraftPick, { store }: OpenPipeline): Promise<void> {
  const original = await store.original(entry)
  if (original.kind !== 'hit') throw unplaced(choice, undefined)
  try {
    await store.replace(entry, original.value)
  } catch (cause) {
    throw unplaced(choice, cause)
  }
}

/** @param there The drafts that there are, a line each. */
function absent(choice: DraftPick, there: readonly string[]): ImpromptError {
  const [number = 1] = choice.numbers
  const where = describePlace(choice.directive.place)
  const all = Array.from({ length: number }, (_, at) => at + 1)
  const message = `${where}  It has no draft ${number} that is made so; nothing was bought. \`${draftsCommand({ ...choice, numbers: all })}\` makes it`
  const lines = there.length === 0 ? [] : ['What there is:', ...there]
  return new ImpromptError('USAGE', [message, ...lines].join('\n'))
}

function unfit(choice: DraftPick, fault: string): ImpromptError {
  const [number = 1] = choice.numbers
  return new ImpromptError(
    'USAGE',
    `${describePlace(choice.directive.place)}  Its draft cannot go along, as ${fault}; nothing was bought. \`${pickCommand(choice, number)} --plain\` renders the picture without it`,
  )
}

function unplaced(choice: DraftPick, cause: unknown): ImpromptError {
  const [number = 1] = choice.numbers
  const reason = cause === undefined ? 'it cannot be read' : reasonOf(cause)
  return new ImpromptError(
    'STORE_NOT_WRITABLE',
    `${describePlace(choice.directive.place)}  The final picture is bought, and could not be put in its place: ${reason}. What stood there stands; \`${pickCommand(choice, number)}\` does the rest and buys nothing`,
    { cause },
  )
}
