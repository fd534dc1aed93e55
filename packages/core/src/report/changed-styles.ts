import { type NewImage, newImages } from '../plan/budget.ts'
import type { Plan } from '../plan/plan.ts'

/** A style whose text has changed, and the images that would be bought anew for it. */
export interface ChangedStyle {
  readonly style: string
  readonly images: number
  readonly estimateMicroUsd: number
  readonly worstMicroUsd: number
}

/** The styles of a plan whose images would be bought anew, as their text was another one before. */
export function changedStylesOf(plan: Plan): readonly ChangedStyle[] {
  const restyled = newImages(plan).filter(({ source }) => source.formerStyle !== undefined)
  return [...Map.groupBy(restyled, ({ source }) => source.formerStyle ?? '')].map(
    ([style, images]) => ({
      style,
      images: images.length,
      estimateMicroUsd: sumOf(images, 'microUsd'),
      worstMicroUsd: sumOf(images, 'worstMicroUsd'),
    }),
  )
}

function sumOf(images: readonly NewImage[], field: 'microUsd' | 'worstMicroUsd'): number {
  return images.reduce((sum, { source }) => sum + source.estimate[field], 0)
}
