import { formatUsd } from '../config/usd.ts'
import { monthOf, periodOf, spentBetween } from '../plan/spent.ts'
import type { LedgerLine } from '../ports.ts'

/** What the current month came to so far, by UTC; amounts are micro-dollars. */
export interface MonthSpent {
  /** Such as `2026-11`. */
  readonly name: string
  readonly settledMicroUsd: number
  /** What attempts of unknown outcome may have been billed as well. */
  readonly unknownMicroUsd: number
  /**
   * What the whole month would come to if each of its days cost what those that have begun did: a projection. Absent before
   * its first attempt is a day old, as a first build would stand for every day.
   */
  readonly projectedMicroUsd?: number
}

const dayMs = 86_400_000

/** Sums the month of a moment, the day of which counts whole. */
export function monthSpent(attempts: readonly LedgerLine[], now: Date): MonthSpent {
  const { from, to } = periodOf(now, 'month')
  const { settledMicroUsd, unknownMicroUsd } = spentBetween(attempts, from, to)
  const days = Math.round((to.getTime() - from.getTime()) / dayMs)
  const dayBefore = now.getTime() - dayMs
  const isOld = attempts.some(({ at }) => {
    const began = Date.parse(at)
    return began >= from.getTime() && began <= dayBefore
  })
  return {
    name: monthOf(now),
    settledMicroUsd,
    unknownMicroUsd,
    ...(isOld && { projectedMicroUsd: Math.round((settledMicroUsd * days) / now.getUTCDate()) }),
  }
}

/** The month so far, for a terminal; nothing where nothing was spent in it. */
export function monthLine(month: MonthSpent): string | undefined {
  const { name, settledMicroUsd, unknownMicroUsd, projectedMicroUsd } = month
  if (settledMicroUsd + unknownMicroUsd === 0) return undefined
  const doubt =
    unknownMicroUsd === 0 ? '' : `, up to ${formatUsd(unknownMicroUsd)} more of unknown outcome`
  const whole =
    projectedMicroUsd === undefined
      ? ''
      : `; a projection for the whole month: ${formatUsd(projectedMicroUsd)}`
  return `${name} so far, by the ledgers in this store: ${formatUsd(settledMicroUsd)}${doubt}${whole}`
}
