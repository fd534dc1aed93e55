import picomatch from 'picomatch'
import type { BudgetTerm } from '../config/budget.ts'
import type { Terms } from '../config/terms.ts'
import type { Key } from '../ports.ts'
import { buyersIn } from './buyer.ts'
import type { Plan, PlannedImage } from './plan.ts'
import { noSpending } from './spending.ts'

/** One rule of the budget, held against a plan. */
export type BudgetRule = {
  readonly id: BudgetTerm['id']
  /** Which pages it bounds together; of `pages` alone. */
  readonly glob?: string
  readonly level: 'warn' | 'error'
  readonly state: 'pass' | 'warn' | 'fail'
  /** The dearest page; of `page` alone. */
  readonly page?: string
  /** Why it cannot be told how much was spent before; of `day` and `month` alone. */
  readonly fault?: string
  /** How much of it is of unknown outcome, and so may not have been billed; of `day` and `month` alone, where there is any. */
  readonly unknownMicroUsd?: number
} & (
  | {
      readonly limitMicroUsd: number
      /** Worst case of what the plan would buy, and of `day` and `month` all that was spent or may have been. */
      readonly actualMicroUsd: number
    }
  | { readonly limitImages: number; readonly actualImages: number }
)

/** A budget's rules, and whether the plan keeps them all. */
export interface Budget {
  readonly state: BudgetRule['state']
  readonly rules: readonly BudgetRule[]
}

/** An image that the plan would buy. */
export type NewImage = PlannedImage & { readonly source: { readonly kind: 'new' } }

/** The images of a plan that would be bought. */
export function newImages(plan: Plan): readonly NewImage[] {
  return plan.images.filter((image): image is NewImage => image.source.kind === 'new')
}

/** Worst case of what images come to, in micro-dollars. */
export function worstOf(images: readonly NewImage[]): number {
  return images.reduce((sum, { source }) => sum + source.estimate.worstMicroUsd, 0)
}

/** Most bytes that images may need on a disk: those of their pixels, which no encoding of use exceeds. */
export function roomFor(images: readonly PlannedImage[]): number {
  return images.reduce((sum, { request }) => {
    const { size, frames = 1 } = request
    return sum + size.width * size.height * 4 * frames
  }, 0)
}

/** Holds the worst case of a plan against every rule. One that buys nothing is bound by those alone that a person wrote. */
export function judgeBudget(plan: Plan, terms: Terms): Budget {
  const images = newImages(plan)
  const rules = measuresOf(plan, terms.budget).map((measure) => {
    for (const image of images) measure.add(image)
    const isBinding = terms.mode === 'generate' || measure.term.isDefault !== true
    return ruleOf(measure, isBinding && images.length > 0)
  })
  const states = new Set(rules.map(({ state }) => state))
  const state = (['fail', 'warn'] as const).find((one) => states.has(one)) ?? 'pass'
  return { state, rules }
}

/** The images that a build which passed the gate buys: all that are new, or with `isPartial` those that its budget holds. */
export function imagesToBuy(plan: Plan, terms: Terms): readonly NewImage[] {
  return terms.isPartial ? affordable(plan, terms) : newImages(plan)
}

/**
 * The images that the rules hold, each in its turn in the order of the content: what does not fit is left out with what
 * is made from it, and what follows may fit.
 */
export function affordable(plan: Plan, terms: Terms): readonly NewImage[] {
  const binding = terms.budget.filter(({ level }) => level === 'error')
  const measures = measuresOf(plan, binding)
  const waiting = new Map(newImages(plan).map((image) => [image.key, image]))
  const decided = new Map<Key, boolean>()
  const buyerOf = buyersIn(plan)
  const decide = (image: NewImage): boolean => {
    const known = decided.get(image.key)
    if (known !== undefined) return known
    const base = image.base === undefined ? undefined : waiting.get(buyerOf(image.base))
    const isHeld =
      (base === undefined || decide(base)) && measures.every((measure) => measure.holds(image))
    if (isHeld) for (const measure of measures) measure.add(image)
    decided.set(image.key, isHeld)
    return isHeld
  }
  return newImages(plan).filter(decide)
}

/** Most that a build may spend, in micro-dollars. */
export function capOf({ budget }: Terms): number {
  const caps = budget.filter(({ id, level }) => id === 'build' && level === 'error')
  return Math.min(...caps.map(({ limit }) => limit))
}

/** What one rule counts, in groups of which none may exceed its limit. */
interface Measure {
  readonly term: BudgetTerm
  readonly limit: number
  /** Why it cannot be told how much was spent before. */
  readonly fault: string | undefined
  /** How much of what was spent before is of unknown outcome, in micro-dollars. */
  readonly unknownMicroUsd: number
  /** Whether one more image would stay within the limit. */
  holds(image: NewImage): boolean
  add(image: NewImage): void
  /** The largest group. */
  largest(): { readonly group: string; readonly amount: number }
}

function measuresOf(plan: Plan, budget: readonly BudgetTerm[]): readonly Measure[] {
  const isFirst = storedMicroUsdOf(plan) === 0
  return budget
    .filter(({ id, level }) => level !== 'off' && !(id === 'increase' && isFirst))
    .map((term) => measureOf(term, plan))
}

function measureOf(term: BudgetTerm, plan: Plan): Measure {
  const { spending = noSpending } = plan
  const period = term.id === 'day' || term.id === 'month' ? term.id : undefined
  const base = period === undefined ? 0 : spending[`${period}MicroUsd`]
  const fault = period && spending.fault
  const limit =
    term.id === 'increase' ? Math.floor((storedMicroUsdOf(plan) * term.limit) / 100) : term.limit
  const groupOf = groupingBy(term)
  const amounts = new Map<string, number>()
  const withMore = (group: string, image: NewImage): number =>
    (amounts.get(group) ?? base) +
    (term.id === 'newImages' ? 1 : image.source.estimate.worstMicroUsd)
  return {
    term,
    limit,
    fault,
    unknownMicroUsd: (period && spending.unknownMicroUsd?.[period]) ?? 0,
    holds: (image) =>
      fault === undefined && groupOf(image).every((group) => withMore(group, image) <= limit),
    add: (image) => {
      for (const group of groupOf(image)) amounts.set(group, withMore(group, image))
    },
    largest: () => {
      const [first = ['', base] as const, ...others] = amounts
      const [group, amount] = others.reduce((most, one) => (one[1] > most[1] ? one : most), first)
      return { group, amount }
    },
  }
}

/** Groups whose sums a rule bounds: all at once, each image, or each page on which an image stands. */
function groupingBy({ id, glob }: BudgetTerm): (image: NewImage) => readonly string[] {
  if (id === 'image') return ({ key }) => [key]
  if (id === 'page') return pagesOf
  if (glob === undefined) return () => ['']
  const matches = picomatch(glob)
  return (image) => (pagesOf(image).some((page) => matches(page)) ? [glob] : [])
}

function pagesOf({ places }: NewImage): readonly string[] {
  return [...new Set(places.map(({ file }) => file))]
}

/** What the stored pictures of a plan cost, each once whoever shares it. */
function storedMicroUsdOf({ images }: Plan): number {
  const entries = images.flatMap(
    ({ source, replaces }) => replaces?.entry ?? ('entry' in source ? source.entry : []),
  )
  const costs = new Map(entries.map(({ requestHash, cost }) => [requestHash, cost.microUsd]))
  return [...costs.values()].reduce((sum, microUsd) => sum + microUsd, 0)
}

function ruleOf(
  { term, limit, fault, unknownMicroUsd, largest }: Measure,
  isBinding: boolean,
): BudgetRule {
  const { id, glob, level } = term
  const { group, amount } = largest()
  const isOver = isBinding && (amount > limit || fault !== undefined)
  const failed = level === 'error' ? 'fail' : 'warn'
  return {
    id,
    ...(glob !== undefined && { glob }),
    level: level === 'error' ? 'error' : 'warn',
    state: isOver ? failed : 'pass',
    ...(fault !== undefined && { fault }),
    ...(unknownMicroUsd > 0 && { unknownMicroUsd }),
    ...(id === 'page' && group !== '' && { page: group }),
    ...(id === 'newImages'
      ? { limitImages: limit, actualImages: amount }
      : { limitMicroUsd: limit, actualMicroUsd: amount }),
  }
}
