import type { Terms } from '../config/terms.ts'
import { type Diagnostic, diagnosticsOf } from '../diagnostic.ts'
import type { Baseline } from '../plan/baseline.ts'
import { type Budget, judgeBudget, newImages } from '../plan/budget.ts'
import type { Plan, PlannedImage } from '../plan/plan.ts'
import type { Estimate, Incident, Key, Original, Place } from '../ports.ts'
import { formatSize } from '../size-rule.ts'
import { type Outcome, entryAfter } from '../resolve/outcome.ts'
import { type Comparison, comparisonOf } from './comparison.ts'
import { type ChangedStyle, changedStylesOf } from './changed-styles.ts'
import type { MonthSpent } from './month.ts'
import { type ReplacedPicture, replacedPicture } from './replaced-picture.ts'
import { type Substitution, substitutionsIn } from './substitution.ts'

/** What a report says of an image, in the order in which its totals are told. */
export const imageStates = [
  'stored',
  'pinned',
  'shared',
  'new',
  'bought',
  'refused',
  'failed',
  'unknown',
  'placeholder',
] as const

/** What became of an image, or would. */
export type ImageState = (typeof imageStates)[number]

/** What a build did, or what a plan would do. Its form is published as a JSON schema; amounts are micro-dollars. */
export interface Report {
  readonly schema: 1
  /** Where directives were looked for. */
  readonly content: { readonly globs: readonly string[]; readonly files: number }
  readonly images: readonly ReportedImage[]
  readonly totals: Totals
  readonly budget: Budget
  readonly problems: readonly Diagnostic[]
  /** Styles whose text has changed since pictures were bought, with what their new pictures would cost. */
  readonly changedStyles: readonly ChangedStyle[]
  /** What went wrong in remotes, without harm to the pictures. */
  readonly incidents: readonly Incident[]
  /** What the current month came to, by the ledgers in this store; told by a build that added to it, where all can be read. */
  readonly month?: MonthSpent
  /** What the content adds to that of a commit, where that was asked for. */
  readonly comparison?: Comparison
}

/** One authored image; amounts are micro-dollars. */
export interface ReportedImage {
  readonly key: string
  readonly state: ImageState
  /** Whether it is missing and stands on drafts alone, for which nothing is bought. */
  readonly isDraft?: true
  readonly places: readonly Place[]
  /** Canonical text with the author's marks, before the style's template. */
  readonly prompt: string
  readonly provider: string
  readonly model: string
  readonly size: string
  readonly quality?: string
  readonly estimate?: Estimate
  readonly spentMicroUsd: number
  /** What earlier attempts at it may have cost as well, whose outcome nobody knows; told by the build that bought it. */
  readonly earlierMicroUsd?: number
  /** What was made otherwise than it was asked for; told by the build that bought it. */
  readonly substitutions?: readonly Substitution[]
  /** The person's file that stands in the place of what its request brings, and since when; absent for what was bought. */
  readonly adopted?: { readonly file: string; readonly at: string }
  /** The stored picture whose place it takes, or would; absent where nothing stands there. */
  readonly replaces?: ReplacedPicture
  readonly original?: {
    readonly sha256: string
    readonly width: number
    readonly height: number
    readonly bytes: number
  }
}

/** How many images are in each state, and what they come to. */
export type Totals = Readonly<
  Record<
    | 'directives'
    | 'images'
    | ImageState
    | 'drafts'
    | 'requests'
    | 'encoded'
    | 'estimateMicroUsd'
    | 'worstMicroUsd'
    | 'spentMicroUsd'
    | 'savedMicroUsd',
    number
  >
>

/** What a report is made from; before a build, nothing but the plan and its terms. */
export interface ReportInput {
  readonly plan: Plan
  readonly globs: readonly string[]
  readonly terms: Terms
  readonly outcomes: ReadonlyMap<Key, Outcome>
  readonly requests: number
  readonly encoded: number
  /** Whether what is missing was drawn as a placeholder. */
  readonly hasPlaceholders: boolean
  readonly incidents: readonly Incident[]
  readonly month?: MonthSpent
  readonly baseline?: Baseline | undefined
}

/** Makes the report of a plan or of a build: the same object, published under one schema. */
export function reportOf(input: ReportInput): Report {
  const images = input.plan.images.map((image) => reported(image, input))
  return {
    schema: 1,
    content: { globs: input.globs, files: input.plan.files },
    images: images.map(({ image }) => image),
    totals: totalsOf(input, images),
    budget: judgeBudget(input.plan, input.terms),
    problems: diagnosticsOf(input.plan.problems, input.plan.sources),
    changedStyles: changedStylesOf(input.plan),
    incidents: input.incidents,
    ...(input.month !== undefined && { month: input.month }),
    ...(input.baseline && { comparison: comparisonOf(input.plan, input.baseline) }),
  }
}

interface Row {
  readonly image: ReportedImage
  readonly savedMicroUsd: number
}

function reported(planned: PlannedImage, input: ReportInput): Row {
  const outcome = input.outcomes.get(planned.key)
  const state = stateOf(planned, outcome, input.hasPlaceholders)
  const entry = entryAfter(planned, outcome)
  const estimate = estimateOf(planned)
  const request = entry?.request ?? planned.request
  const substitutions = outcome?.kind === 'bought' ? substitutionsIn(outcome.entry) : []
  const isReused = state === 'stored' || state === 'pinned' || state === 'shared'
  return {
    savedMicroUsd: isReused ? (entry?.cost.microUsd ?? 0) : 0,
    image: {
      key: planned.key,
      state,
      ...(planned.source.kind === 'draft' && { isDraft: true }),
      places: planned.places,
      prompt: planned.prompt,
      provider: request.provider,
      model: request.model,
      size: formatSize(request.size),
      ...(request.quality !== undefined && { quality: request.quality }),
      ...(estimate !== undefined && { estimate }),
      spentMicroUsd: spentOn(outcome),
      ...earlierThan(outcome),
      ...(substitutions.length > 0 && { substitutions }),
      ...(planned.replaces && { replaces: replacedPicture(planned, planned.replaces) }),
      ...(entry?.adopted && { adopted: { file: entry.adopted.file, at: entry.boughtAt } }),
      ...(entry !== undefined && { original: described(entry.original) }),
    },
  }
}

function described(original: Original): NonNullable<ReportedImage['original']> {
  const { sha256, width, height, bytes } = original
  return { sha256, width, height, bytes }
}

function stateOf(
  planned: PlannedImage,
  outcome: Outcome | undefined,
  hasPlaceholders: boolean,
): ImageState {
  if (outcome !== undefined) {
    const isTwin = planned.source.kind === 'twin' && outcome.kind === 'bought'
    if (isTwin) return 'shared'
    return outcome.kind === 'found' ? 'stored' : outcome.kind
  }
  const { source } = planned
  switch (source.kind) {
    case 'stored':
      return source.isPinned ? 'pinned' : 'stored'
    case 'shared':
      return 'shared'
    case 'kept':
      return 'pinned'
    case 'twin':
      return hasPlaceholders ? 'placeholder' : 'shared'
    case 'new':
    case 'draft':
      return hasPlaceholders ? 'placeholder' : 'new'
    case 'barred':
      if (hasPlaceholders) return 'placeholder'
      // What it comes to is as little known as that of a request without an answer.
      return source.verdict.kind === 'submitted' ? 'unknown' : source.verdict.kind
    case 'fault':
      return hasPlaceholders && source.fault.isElsewhere === true ? 'placeholder' : 'failed'
  }
}

function estimateOf({ source }: PlannedImage): Estimate | undefined {
  return 'estimate' in source ? source.estimate : undefined
}

function spentOn(outcome: Outcome | undefined): number {
  if (outcome?.kind === 'bought') return outcome.entry.cost.microUsd
  return outcome?.kind === 'refused' ? (outcome.microUsd ?? 0) : 0
}

function earlierThan(outcome: Outcome | undefined): Pick<ReportedImage, 'earlierMicroUsd'> {
  const amount = outcome?.kind === 'bought' ? outcome.earlierMicroUsd : undefined
  return amount === undefined ? {} : { earlierMicroUsd: amount }
}

function totalsOf(input: ReportInput, rows: readonly Row[]): Totals {
  const countOf = (state: ImageState): number =>
    rows.filter(({ image }) => image.state === state).length
  const sumOf = (amount: (row: Row) => number): number =>
    rows.reduce((sum, row) => sum + amount(row), 0)
  const sumOfNew = (field: 'microUsd' | 'worstMicroUsd'): number =>
    newImages(input.plan).reduce((sum, image) => sum + image.source.estimate[field], 0)
  return {
    directives: input.plan.directives,
    images: rows.length,
    stored: countOf('stored'),
    pinned: countOf('pinned'),
    shared: countOf('shared'),
    new: countOf('new'),
    bought: countOf('bought'),
    refused: countOf('refused'),
    failed: countOf('failed'),
    unknown: countOf('unknown'),
    placeholder: countOf('placeholder'),
    drafts: rows.filter(({ image }) => image.isDraft === true).length,
    requests: input.requests,
    encoded: input.encoded,
    estimateMicroUsd: sumOfNew('microUsd'),
    worstMicroUsd: sumOfNew('worstMicroUsd'),
    spentMicroUsd: sumOf((row) => row.image.spentMicroUsd),
    savedMicroUsd: sumOf((row) => row.savedMicroUsd),
  }
}
