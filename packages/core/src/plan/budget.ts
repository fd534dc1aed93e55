import type { Terms } from '../config/terms.ts'
import type { Plan, PlannedImage } from './plan.ts'

/** One rule of the budget, held against a plan. */
export interface BudgetRule {
  readonly id: 'build'
  readonly limitMicroUsd: number
  /** Worst case of what the plan would buy. */
  readonly actualMicroUsd: number
  readonly level: 'error'
}

/** A budget's rules, and whether the plan keeps them all. */
export interface Budget {
  readonly state: 'pass' | 'fail'
  readonly rules: readonly BudgetRule[]
}

/** An image that the plan would buy. */
export type NewImage = PlannedImage & { readonly source: { readonly kind: 'new' } }

/** The images of a plan that would be bought. */
export function newImages(plan: Plan): readonly NewImage[] {
  return plan.images.filter((image): image is NewImage => image.source.kind === 'new')
}

/** Most bytes that images may need on a disk: those of their pixels, which no encoding of use exceeds. */
export function roomFor(images: readonly PlannedImage[]): number {
  return images.reduce((sum, { request }) => {
    const { size, frames = 1 } = request
    return sum + size.width * size.height * 4 * frames
  }, 0)
}

/** Holds the worst case of a plan against the budget of a build. One that buys nothing is bound by a written one alone. */
export function judgeBudget(plan: Plan, terms: Terms): Budget {
  const actualMicroUsd = newImages(plan).reduce(
    (sum, image) => sum + image.source.estimate.worstMicroUsd,
    0,
  )
  const isBinding = terms.mode === 'generate' || terms.isBudgetExplicit
  const state = isBinding && actualMicroUsd > terms.budgetMicroUsd ? 'fail' : 'pass'
  const rule = { id: 'build', limitMicroUsd: terms.budgetMicroUsd, actualMicroUsd } as const
  return { state, rules: [{ ...rule, level: 'error' }] }
}
