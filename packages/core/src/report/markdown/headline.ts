import { formatUsd } from '../../config/usd.ts'
import { describeRule, excessOf } from '../../plan/over-budget.ts'
import { count } from '../../wording.ts'
import type { Report } from '../report.ts'
import { hasActed, stateCounts } from '../state-counts.ts'
import { prose } from './safe-text.ts'

/** A report in a sentence: what the images cost, how many there are of each state, and whether that is within bounds. */
export function headlineOf(report: Report): string {
  const { totals } = report
  const saved = totals.savedMicroUsd
  const counts = [
    ...stateCounts(totals),
    ...(saved === 0 ? [] : [`reuse saved ${formatUsd(saved)}`]),
  ]
  const whole = `**Images: ${priceOf(report)}** (${counts.join(', ') || 'none'})`
  return [whole, ...verdictsOf(report)].join(' — ')
}

function priceOf({ totals }: Report): string {
  if (hasActed(totals)) return `${formatUsd(totals.spentMicroUsd)} spent`
  return totals.new > totals.drafts ? `+${formatUsd(totals.estimateMicroUsd)}` : 'nothing to buy'
}

function verdictsOf({ budget, problems }: Report): readonly string[] {
  const errors = problems.filter(({ severity }) => severity === 'error').length
  return [
    ...budgetVerdict(budget),
    ...(errors === 0 ? [] : [`**${count(errors, 'problem')} to mend**`]),
  ]
}

/** Nothing where there is no rule. */
function budgetVerdict({ state, rules }: Report['budget']): readonly string[] {
  // The state of a budget is that of its worst rule.
  const worst = rules.find((rule) => rule.state === state)
  if (worst === undefined) return []
  if (state === 'pass') return [`budget${limitIn(rules)}, kept`]
  const verdict = state === 'fail' ? '**over budget**' : 'over budget (a warning)'
  return [`${verdict}: ${prose(describeRule(worst) + excessOf(worst))}`]
}

function limitIn(rules: Report['budget']['rules']): string {
  const build = rules.find(({ id }) => id === 'build')
  return build !== undefined && 'limitMicroUsd' in build ? ` ${formatUsd(build.limitMicroUsd)}` : ''
}
