import type { Objection } from '../error.ts'
import type { Environment } from '../ports.ts'
import { type BudgetTerm, budgetFromText, budgetOf } from './budget.ts'
import type { Mode, Persist } from './config.ts'
import type { ConfigIssue } from './config-issue.ts'
import type { Settings } from './settings.ts'

/** On what terms a build may buy. */
export interface Terms {
  readonly mode: Mode
  readonly isCi: boolean
  /** At least one rule for `build`. */
  readonly budget: readonly BudgetTerm[]
  /** Whether a person capped what builds may spend: a build, a day or a month, by flag, environment or configuration. */
  readonly isBudgetExplicit: boolean
  /** Whether what the budget holds is bought, in the order of the content, where it does not hold all. */
  readonly isPartial: boolean
  readonly persist?: Persist
  /** Why nothing may be bought at all, whatever it is. */
  readonly refusal?: Objection
  /** What buys on these terms, as messages name it. @default 'imprompt generate' */
  readonly command?: string
}

/** What buys on these terms. */
export function commandOf({ command = 'imprompt generate' }: Pick<Terms, 'command'>): string {
  return command
}

/** What a command line says; it outranks the environment, which outranks the configuration. */
export interface Flags {
  readonly mode?: string
  /** See `budgetFromText`. */
  readonly budget?: string
  readonly isPartial?: boolean
}

/** What one build may spend where nobody set a budget. */
const defaultBudget: readonly BudgetTerm[] = [
  { id: 'build', limit: 1_000_000, level: 'error', isDefault: true },
]

const boundsPurchases: ReadonlySet<BudgetTerm['id']> = new Set(['build', 'day', 'month'])

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
  const mode = modes.find((one) => one === modeText)
  const said = saidOf(environment, flags)
  const issues: ConfigIssue[] = []
  if (modeText !== undefined && mode === undefined)
    issues.push({
      path: flags.mode === undefined ? 'IMPROMPT_MODE' : '--mode',
      detail: `unexpected \`${modeText}\`, expected ${modes.join(', ')}`,
    })
  issues.push(...said.issues)
  const explicit = budgetOf(settings.budget, said.terms)
  const caps = explicit.filter(({ id, level }) => level === 'error' && boundsPurchases.has(id))
  if (issues.length > 0) return { issues }
  return {
    terms: {
      mode: mode ?? settings.mode ?? (isCi ? 'frozen' : 'generate'),
      isCi,
      budget: budgetOf(defaultBudget, explicit),
      isBudgetExplicit: caps.length > 0,
      isPartial: flags.isPartial === true,
      ...(settings.persist !== undefined && { persist: settings.persist }),
    },
  }
}

/** The rules that environment and command line name, the latter's last. */
function saidOf(
  environment: Environment,
  flags: Flags,
): { readonly terms: readonly BudgetTerm[]; readonly issues: readonly ConfigIssue[] } {
  const texts = [
    ['IMPROMPT_BUDGET', environment['IMPROMPT_BUDGET'] || undefined],
    ['--budget', flags.budget],
  ] as const
  const read = texts.flatMap(([path, text]) =>
    text === undefined ? [] : [{ path, ...budgetFromText(text) }],
  )
  return {
    terms: budgetOf(...read.flatMap((one) => ('terms' in one ? [one.terms] : []))),
    issues: read.flatMap((one) =>
      'details' in one ? one.details.map((detail) => ({ path: one.path, detail })) : [],
    ),
  }
}

/** `CI` is set, and not to `false` or `0`. */
export function isContinuousIntegration(environment: Environment): boolean {
  const flag = environment['CI']
  return flag !== undefined && flag !== '' && flag !== 'false' && flag !== '0'
}
