import { type ImageState, type Totals, imageStates } from './report.ts'

/** How many images are in each state that there is, such as `2 new`; drafts apart. */
export function stateCounts(totals: Totals): readonly string[] {
  const all = [
    ...imageStates.map((state) => [state, countOf(state, totals)] as const),
    ['draft', totals.drafts] as const,
  ]
  return all.filter(([, number]) => number > 0).map(([state, number]) => `${number} ${state}`)
}

/** A draft is not going to be bought, as what is new is. */
function countOf(state: ImageState, totals: Totals): number {
  return state === 'new' ? Math.max(0, totals.new - totals.drafts) : totals[state]
}

/** Whether anything was asked for, which makes it the report of a build, and of no plan. */
export function hasActed({ requests, bought, spentMicroUsd }: Totals): boolean {
  return requests > 0 || bought > 0 || spentMicroUsd > 0
}
