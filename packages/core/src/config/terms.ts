import type { Environment } from '../ports.ts'
import type { Mode, Persist } from './config.ts'
import type { ConfigIssue } from './config-issue.ts'
import type { Settings } from './settings.ts'
import { microUsdOf } from './usd.ts'

/** On what terms a build may buy. */
export interface Terms {
  readonly mode: Mode
  readonly isCi: boolean
  readonly budgetMicroUsd: number
  /** Whether a person set the budget, by flag, environment or configuration. */
  readonly isBudgetExplicit: boolean
  readonly persist?: Persist
}

/** What a command line says; it outranks the environment, which outranks the configuration. */
export interface Flags {
  readonly mode?: string
  readonly budget?: string
}

/** What one build may spend where nobody set a budget. */
const defaultBudgetMicroUsd = 1_000_000

const modes: readonly Mode[] = ['generate', 'frozen', 'placeholder']

/** Settles the terms of a build from flags, `IMPROMPT_MODE`, `IMPROMPT_BUDGET`, `CI` and the configuration. */
export function termsFor(
  settings: Settings,
  environment: Environment,
  flags: Flags = {},
): { readonly terms: Terms } | { readonly issues: readonly ConfigIssue[] } {
  const isCi = isContinuousIntegration(environment)
  // CI templates set what they leave out to nothing.
  const modeText = flags.mode ?? (environment['IMPROMPT_MODE'] || undefined)
  const budgetText = flags.budget ?? (environment['IMPROMPT_BUDGET'] || undefined)
  const mode = modes.find((one) => one === modeText)
  const budget = budgetText === undefined ? settings.budgetMicroUsd : microUsdOf(budgetText)
  const issues: ConfigIssue[] = []
  if (modeText !== undefined && mode === undefined)
    issues.push({
      path: flags.mode === undefined ? 'IMPROMPT_MODE' : '--mode',
      detail: `unexpected \`${modeText}\`, expected ${modes.join(', ')}`,
    })
  if (budgetText !== undefined && budget === undefined)
    issues.push({
      path: flags.budget === undefined ? 'IMPROMPT_BUDGET' : '--budget',
      detail: `unexpected \`${budgetText}\`, expected dollars such as \`1.50\``,
    })
  if (issues.length > 0) return { issues }
  return {
    terms: {
      mode: mode ?? settings.mode ?? (isCi ? 'frozen' : 'generate'),
      isCi,
      budgetMicroUsd: budget ?? defaultBudgetMicroUsd,
      isBudgetExplicit: budget !== undefined,
      ...(settings.persist !== undefined && { persist: settings.persist }),
    },
  }
}

/** `CI` is set, and not to `false` or `0`. */
export function isContinuousIntegration(environment: Environment): boolean {
  const flag = environment['CI']
  return flag !== undefined && flag !== '' && flag !== 'false' && flag !== '0'
}
