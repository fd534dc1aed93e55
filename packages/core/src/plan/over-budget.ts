import { isPeriod } from '../config/budget.ts'
import { type Terms, commandOf } from '../config/terms.ts'
import { formatUsd } from '../config/usd.ts'
import type { Objection } from '../error.ts'
import { count, excerpt, printable, withoutStop } from '../wording.ts'
import {
  type BudgetRule,
  type NewImage,
  affordable,
  judgeBudget,
  newImages,
  worstOf,
} from './budget.ts'
import { placesOf } from './places.ts'
import type { Plan } from './plan.ts'

/** As many of the dearest pictures are told. */
const maxTold = 5

/** Why a plan must not go on, where it exceeds its budget; with `isPartial` only where the budget holds no picture. */
export function overBudget(plan: Plan, terms: Terms): readonly Objection[] {
  const failed = failedRules(plan, terms)
  if (failed.length === 0 || boughtAnyway(plan, terms).length > 0) return []
  const images = newImages(plan)
  const head = `Over budget: ${count(images.length, 'new picture')} would cost up to ${formatUsd(worstOf(images))}; nothing was bought`
  return [
    objection(head, images, failed, waysOut(failed, terms, affordable(plan, terms).length > 0)),
  ]
}

/** What a build left out that bought no more than its budget holds. */
export function leftOut(plan: Plan, terms: Terms): readonly Objection[] {
  const failed = failedRules(plan, terms)
  const bought = boughtAnyway(plan, terms)
  if (failed.length === 0 || bought.length === 0) return []
  const rest = newImages(plan).filter((image) => !bought.includes(image))
  const head = `Over budget: ${rest.length} of ${count(newImages(plan).length, 'new picture')} were left out, which would cost up to ${formatUsd(worstOf(rest))}; nothing was paid for them`
  return [objection(head, rest, failed, waysOutAfter(bought, failed, { plan, terms }))]
}

function failedRules(plan: Plan, terms: Terms): readonly BudgetRule[] {
  return judgeBudget(plan, terms).rules.filter(({ state }) => state === 'fail')
}

function boughtAnyway(plan: Plan, terms: Terms): readonly NewImage[] {
  return terms.isPartial && terms.mode === 'generate' ? affordable(plan, terms) : []
}

function objection(
  head: string,
  images: readonly NewImage[],
  failed: readonly BudgetRule[],
  ways: string,
): Objection {
  const dearest = images
    .toSorted(
      (one, other) => other.source.estimate.worstMicroUsd - one.source.estimate.worstMicroUsd,
    )
    .slice(0, maxTold)
  const lines = [
    head,
    ...failed.map((rule) => `  ${describeRule(rule)}${excessOf(rule)}`),
    images.length > maxTold ? `The dearest ${maxTold}` : 'They are',
    ...dearest.map(missLine),
    ways,
  ]
  return { code: 'BUDGET_EXCEEDED', message: lines.join('\n') }
}

/** A picture as a list of missing ones tells it. */
export function missLine(image: NewImage): string {
  return `  ${placesOf(image)}  ${formatUsd(image.source.estimate.microUsd)}  ${excerpt(image.prompt, 60)}`
}

/** A rule and what the plan comes to, such as `a build: up to $1.20 of $1.00`. */
export function describeRule(rule: BudgetRule): string {
  const amounts =
    'limitImages' in rule
      ? `${rule.actualImages} of ${rule.limitImages}`
      : `${isPeriod(rule) ? 'with what was spent before ' : ''}up to ${formatUsd(rule.actualMicroUsd)} of ${formatUsd(rule.limitMicroUsd)}${unknownIn(rule)}`
  return printable(`${subjectOf(rule)}: ${amounts}`)
}

function unknownIn({ unknownMicroUsd = 0 }: BudgetRule): string {
  return unknownMicroUsd === 0 ? '' : `, ${formatUsd(unknownMicroUsd)} of it of unknown outcome`
}

function subjectOf({ id, glob, page }: BudgetRule): string {
  switch (id) {
    case 'build':
      return 'a build'
    case 'image':
      return 'the dearest picture'
    case 'page':
      return page === undefined ? 'a page' : `the page \`${page}\``
    case 'pages':
      return `the pages \`${glob ?? ''}\``
    case 'newImages':
      return 'new pictures'
    case 'increase':
      return 'the increase'
    case 'day':
      return 'today'
    case 'month':
      return 'this month'
  }
}

/** By how much a rule that is not kept is exceeded, such as ` (over by $0.20)`. */
export function excessOf(rule: BudgetRule): string {
  if (rule.fault !== undefined)
    return ` (it cannot be told what was spent before: ${withoutStop(rule.fault)})`
  if ('limitImages' in rule) return ` (${rule.actualImages - rule.limitImages} too many)`
  return ` (over by ${formatUsd(rule.actualMicroUsd - rule.limitMicroUsd)})`
}

/** A build of its own has its whole budget again, and a day or a month what is left of it. */
function waysOutAfter(
  bought: readonly NewImage[],
  failed: readonly BudgetRule[],
  { plan, terms }: { readonly plan: Plan; readonly terms: Terms },
): string {
  const done = new Set(bought.map(({ key }) => key))
  const rest = { ...plan, images: plan.images.filter(({ key }) => !done.has(key)) }
  const periods = failed.filter(isPeriod)
  const others = failedRules(rest, terms).filter((rule) => !isPeriod(rule))
  const ahead = [...others, ...periods]
  if (ahead.length > 0) return waysOut(ahead, terms, false)
  return `The next \`${commandOf(terms)}\` with the same budget buys them`
}

/** @param holdsSome Whether the budget holds some of the pictures. */
function waysOut(failed: readonly BudgetRule[], terms: Terms, holdsSome: boolean): string {
  if (failed.some(({ fault }) => fault !== undefined))
    return 'Mend what cannot be read, or have the rule warn alone, such as by `--budget month=20:warn`'
  const raised = failed.flatMap((rule) => {
    if (rule.fault !== undefined || rule.id === 'pages' || rule.id === 'increase') return []
    const limit =
      'limitImages' in rule ? String(rule.actualImages) : formatUsd(rule.actualMicroUsd).slice(1)
    return [rule.id === 'build' && failed.length === 1 ? limit : `${rule.id}=${limit}`]
  })
  const raise =
    raised.length === failed.length
      ? `\`${commandOf(terms)} --budget ${raised.join(',')}\``
      : '`budget` in imprompt.config'
  const isPartly = holdsSome && !terms.isPartial && terms.command === undefined
  const part = isPartly ? 'buy what the budget holds with `imprompt generate --partial`, ' : ''
  return `Lower quality or size, ${part}or raise the budget: ${raise}`
}
