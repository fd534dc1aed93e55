import { formatUsd } from '../../config/usd.ts'
import { type Diagnostic, documentation } from '../../diagnostic.ts'
import { describePlace } from '../../place.ts'
import type { BudgetRule } from '../../plan/budget.ts'
import { describeRule, excessOf } from '../../plan/over-budget.ts'
import { count } from '../../wording.ts'
import type { ChangedStyle } from '../changed-styles.ts'
import type { Report, ReportedImage } from '../report.ts'
import { pinnedLine } from '../pinned-line.ts'
import { monthLine } from '../month.ts'
import { comparisonLines } from './comparison-lines.ts'
import { fitted } from './fitted.ts'
import { code, prose } from './safe-text.ts'
import type { TableOptions } from './tables.ts'

/** What a report says beside its images, a list under a heading each. @param room Of each list, in characters. */
export function sectionsOf(report: Report, { prompts, room }: TableOptions): readonly string[] {
  const problems = report.problems.toSorted((one, other) => rankOf(one) - rankOf(other))
  const { comparison, month } = report
  const lists = [
    ['Comparison', comparison ? comparisonLines(comparison, prompts !== 'none') : []],
    ['Budget', report.budget.rules.map(ruleLine)],
    ['Month', [month && monthLine(month)].filter((line) => line !== undefined)],
    ['Problems', problems.map((one) => problemLine(one, prompts !== 'none'))],
    ['Incidents', incidentLines(report)],
    ['Styles whose text has changed', report.changedStyles.map(styleLine)],
    ['Older defaults', [pinnedLine(report.totals)].filter((line) => line !== undefined)],
    ['Prices', priceLines(report.images)],
  ] as const
  return lists.flatMap(([title, lines]) =>
    lines.length === 0
      ? []
      : [
          `#### ${title}`,
          '',
          ...fitted(lines, {
            room,
            lineOf: (line) => `- ${line}`,
            leftOut: (number) => `- … ${number} more, which \`imprompt plan --json\` lists`,
          }),
          '',
        ],
  )
}

function ruleLine(rule: BudgetRule): string {
  const { level, state } = rule
  return `${level}: ${prose(describeRule(rule))}${state === 'pass' ? ', kept' : prose(excessOf(rule))}`
}

function rankOf({ severity }: Diagnostic): number {
  return severity === 'error' ? 0 : 1
}

/** The message of two prompts that are nearly alike tells what they differ in. */
function problemLine(problem: Diagnostic, showsPrompts: boolean): string {
  const { code: name, severity, message } = problem
  const isShown = showsPrompts || name !== 'prompt-near'
  // A report of a file may name any page; ours explains every code.
  const page = /^[a-z-]+$/.test(name) ? `[${name}](${documentation}#${name})` : code(name)
  const text = isShown ? `: ${prose(message)}` : ''
  return `${severity}: ${code(describePlace(problem))}${text} (${page})`
}

function incidentLines({ images, incidents }: Report): readonly string[] {
  const earlier = images.reduce((sum, { earlierMicroUsd = 0 }) => sum + earlierMicroUsd, 0)
  return [
    ...images.flatMap(substitutionLines),
    ...incidents.map(
      ({ kind, where, message }) => `${incidentNames[kind]} ${code(where)}: ${prose(message)}`,
    ),
    ...(earlier === 0
      ? []
      : [`earlier attempts of unknown outcome may have cost up to ${formatUsd(earlier)} more`]),
  ]
}

const incidentNames: Readonly<Record<Report['incidents'][number]['kind'], string>> = {
  refused: 'not served:',
  unpushed: 'not pushed, run `imprompt push`:',
  duplicate: 'bought twice:',
  uncoordinated: 'not kept apart from other machines:',
}

function substitutionLines({ places, substitutions = [] }: ReportedImage): readonly string[] {
  const [place] = places
  const where = place === undefined ? '' : `${code(describePlace(place))}: `
  return substitutions.map(
    ({ name, asked, made }) => `${where}asked for the ${name} ${code(asked)}, got ${code(made)}`,
  )
}

function styleLine({ style, images, estimateMicroUsd, worstMicroUsd }: ChangedStyle): string {
  const price = `${formatUsd(estimateMicroUsd)}, at most ${formatUsd(worstMicroUsd)}`
  return `${code(style)}: ${count(images, 'image')} would be bought anew for ${price}; \`imprompt generate --keep-style\` keeps what there is`
}

const bases = {
  exact: 'exact',
  'upper-bound': 'an upper bound',
  rough: 'rough',
} as const

/** Where the prices of what is to be bought come from. */
function priceLines(images: readonly ReportedImage[]): readonly string[] {
  const lines = images.flatMap(({ model, estimate }) => {
    if (estimate === undefined) return []
    const { basis, source, asOf } = estimate
    const day = asOf === undefined ? '' : `, read on ${prose(asOf)}`
    return [`${code(model)}: ${bases[basis]}, by ${code(source)}${day}`]
  })
  return [...new Set(lines)]
}
