import { type Terms, commandOf } from '../config/terms.ts'
import { formatUsd } from '../config/usd.ts'
import { diagnosticText, diagnosticsOf } from '../diagnostic.ts'
import type { Objection } from '../error.ts'
import { severityOf } from '../problem.ts'
import { count } from '../wording.ts'
import { type BatchOnly, barredObjections, waitingObjections } from './barred.ts'
import { type NewImage, newImages } from './budget.ts'
import { missLine, overBudget } from './over-budget.ts'
import { placesOf } from './places.ts'
import type { Plan } from './plan.ts'

/**
 * Every reason why a plan must not go on. Where there is none the build may go on, and buy what is new if its mode is
 * `generate`.
 * @param locked Ids of providers, each with the credential that it lacks.
 */
export function objectionsTo(
  plan: Plan,
  terms: Terms,
  locked: ReadonlyMap<string, string>,
  batchOnly: BatchOnly = noIds,
): readonly Objection[] {
  return [
    ...problemObjections(plan),
    ...standingObjections(plan, terms, batchOnly),
    ...(terms.mode === 'generate' ? waitingObjections(plan) : []),
    ...purchaseObjections(plan, terms, locked),
    ...batchObjections(plan, terms, batchOnly),
  ]
}

const noIds: ReadonlySet<string> = new Set()

/** What is wrong with a plan on any terms, whoever may buy and within whatever budget. */
export function objectionsOnAnyTerms(
  plan: Plan,
  terms: Terms,
  batchOnly: BatchOnly,
): readonly Objection[] {
  const strict = { ...terms, mode: 'generate' } as const
  return [...problemObjections(plan), ...standingObjections(plan, strict, batchOnly)]
}

/** What is objected to a purchase whose pictures could not be stored, or might be bought by other machines as well. */
export function unwritable(images: readonly NewImage[], terms: Terms, obstacle: string): Objection {
  const otherwise = terms.command === undefined ? ', or build with IMPROMPT_MODE=placeholder' : ''
  const reason = `Nothing may be bought: ${obstacle}. Mend that${otherwise}`
  return { code: 'STORE_NOT_WRITABLE', message: listMissing(images, terms, reason) }
}

/** As many problems are told in one message; a report holds all. */
const maxProblems = 100

function problemObjections(plan: Plan): readonly Objection[] {
  const errors = plan.problems.filter((problem) => severityOf(problem) === 'error')
  if (errors.length === 0) return []
  const diagnostics = diagnosticsOf(errors, plan.sources)
  const rest = diagnostics.length - maxProblems
  const lines = [
    `${count(errors.length, 'problem')} to mend; nothing was bought`,
    ...diagnostics.slice(0, maxProblems).map(diagnosticText),
    ...(rest > 0
      ? [`  and ${count(rest, 'more problem')}, which \`imprompt plan --json\` lists`]
      : []),
  ]
  return [{ code: 'AUTHORING_PROBLEMS', message: lines.join('\n') }]
}

/**
 * Why pictures are neither stored nor to be bought: what the store could not tell, and what became of earlier attempts. A
 * placeholder stands in for what is elsewhere, or was never made.
 */
function standingObjections(plan: Plan, terms: Terms, batchOnly: BatchOnly): readonly Objection[] {
  const isPlaceholder = terms.mode === 'placeholder'
  return [
    ...storeObjections(plan, isPlaceholder),
    ...(isPlaceholder ? [] : barredObjections(plan, terms, batchOnly)),
  ]
}

function storeObjections(plan: Plan, isPlaceholder: boolean): readonly Objection[] {
  const codes = {
    damaged: 'STORE_DAMAGED',
    unknown: 'STORE_UNREADABLE',
    lost: 'IMAGES_MISSING',
  } as const
  return plan.images.flatMap((image) => {
    if (image.source.kind !== 'fault') return []
    const { kind, message, isElsewhere = false } = image.source.fault
    if (isElsewhere && isPlaceholder) return []
    const text = `${placesOf(image)}  ${message}. Nothing was bought, and nothing was overwritten`
    return [{ code: codes[kind], message: text }]
  })
}

function purchaseObjections(
  plan: Plan,
  terms: Terms,
  locked: ReadonlyMap<string, string>,
): readonly Objection[] {
  const images = newImages(plan)
  if (images.length === 0 || terms.mode === 'placeholder') return []
  const budget = overBudget(plan, terms)
  if (terms.mode === 'frozen') return [...budget, missing(images, terms, frozenReason(terms))]
  const keyless = images.filter((image) => locked.has(image.request.provider))
  const [lacking] = keyless.flatMap((image) => locked.get(image.request.provider) ?? [])
  return [
    ...(terms.refusal === undefined ? [] : [terms.refusal]),
    ...(terms.isCi ? continuousIntegrationObjections(terms) : []),
    ...budget,
    ...(lacking === undefined ? [] : [missing(keyless, terms, keylessReason(lacking, terms))]),
  ]
}

function batchObjections(plan: Plan, terms: Terms, batchOnly: BatchOnly): readonly Objection[] {
  if (batchOnly === 'all') return []
  const images = newImages(plan).filter(({ request }) => batchOnly.has(request.provider))
  if (images.length === 0 || terms.mode !== 'generate') return []
  return [missing(images, terms, batchReason(terms))]
}

function batchReason({ command }: Terms): string {
  const provider = 'Their provider makes pictures in batches alone, which'
  return command === undefined
    ? `${provider} no build waits for: run \`imprompt generate --batch\`, and again once the batch has ended, or build with IMPROMPT_MODE=placeholder`
    : `${provider} \`${command}\` does not wait for: name a model of another provider`
}

function continuousIntegrationObjections(terms: Terms): readonly Objection[] {
  const budget: Objection = {
    code: 'BUDGET_REQUIRED',
    message:
      'Buying under CI needs an explicit budget; nothing was bought. Set `budget.build` in imprompt.config, IMPROMPT_BUDGET or --budget',
  }
  const persist: Objection = {
    code: 'PERSIST_REQUIRED',
    message:
      "Buying under CI needs `persist` in imprompt.config, or each run would buy again; nothing was bought. `persist: 'commit'` where the job commits .imprompt/ back, `persist: 'remote'` where `remotes` keep what it buys",
  }
  return [
    ...(terms.isBudgetExplicit ? [] : [budget]),
    ...(terms.persist === undefined ? [persist] : []),
  ]
}

function missing(images: readonly NewImage[], terms: Terms, reason: string): Objection {
  return { code: 'IMAGES_MISSING', message: listMissing(images, terms, reason) }
}

/** As many pictures are listed in one message; a report holds all. */
const maxListed = 20

function listMissing(images: readonly NewImage[], { command }: Terms, reason: string): string {
  const price = images.reduce((sum, { source }) => sum + source.estimate.microUsd, 0)
  const rest = images.length - maxListed
  return [
    `${count(images.length, 'picture')} ${command === undefined ? 'missing' : 'not made'}; nothing was bought`,
    ...images.slice(0, maxListed).map(missLine),
    ...(rest > 0 ? [`  and ${rest} more, ${formatUsd(price)} in all`] : []),
    reason,
  ].join('\n')
}

function frozenReason(terms: Terms): string {
  const why = terms.isCi ? 'This build is frozen, as builds under CI are' : 'This build is frozen'
  return `${why}: run \`imprompt generate\` where a key is at hand and commit .imprompt/, or build with IMPROMPT_MODE=placeholder`
}

function keylessReason(lacking: string, terms: Terms): string {
  const otherwise = terms.command === undefined ? ', or build with IMPROMPT_MODE=placeholder' : ''
  return `${lacking} is not set: put it into the environment or .env.local and run \`${commandOf(terms)}\`${otherwise}`
}
