import { formatUsd } from '../config/usd.ts'
import { describePlace } from '../place.ts'
import { describeRule } from '../plan/over-budget.ts'
import { count, excerpt, printable } from '../wording.ts'
import { alignedRows } from './aligned-rows.ts'
import { comparisonLines } from './comparison-text.ts'
import { makingInWords } from './making-in-words.ts'
import { monthLine } from './month.ts'
import { pinnedLine } from './pinned-line.ts'
import type { Report, ReportedImage } from './report.ts'
import { hasActed, stateCounts } from './state-counts.ts'

/**
 * A report for a terminal: a row an image, then what it costs and what reuse saved. Of problems only models that retire
 * are told, and the others counted: the failure that they cause tells the errors, and `imprompt lint` the warnings.
 */
export function reportText(report: Report): string {
  const table = alignedRows(report.images.map(rowOf))
  return [...(table.length === 0 ? [] : [...table, '']), ...summaryOf(report)].join('\n')
}

/** State, place, model with size and quality, price, and the prompt, which may be of any width and so comes last. */
function rowOf(image: ReportedImage): readonly string[] {
  const [place] = image.places
  const others = image.places.length - 1
  const isPaid = image.state === 'bought' || image.spentMicroUsd > 0
  const price = isPaid ? image.spentMicroUsd : image.estimate?.microUsd
  return [
    image.isDraft === true && image.state === 'new' ? 'draft' : image.state,
    (place === undefined ? '' : describePlace(place)) + (others > 0 ? ` +${others}` : ''),
    makingInWords(image),
    price === undefined ? '' : formatUsd(price),
    excerpt(image.prompt, 50),
  ]
}

function summaryOf(report: Report): readonly string[] {
  const { totals, content } = report
  // A plan has done nothing that is worth a line.
  const isPlan = totals.new > totals.drafts && !hasActed(totals)
  return [
    `${count(totals.images, 'image')} from ${count(totals.directives, 'directive')}: ${stateCounts(totals).join(', ') || 'none'}`,
    `looked into ${count(content.files, 'file')} of ${content.globs.join(', ')}`,
    ...problemLines(report),
    ...report.images.flatMap(substitutionLines),
    ...report.incidents.map(({ kind, where, message }) =>
      printable(`warning: ${incidents[kind]} \`${where}\`: ${message}`),
    ),
    ...earlierLines(report),
    // What was expected is told before what it came to, so that nobody adds the two up.
    ...(hasActed(totals) ? priceLines(report, 'expected') : []),
    ...(isPlan
      ? []
      : [
          `spent ${formatUsd(totals.spentMicroUsd)}, reuse saved ${formatUsd(totals.savedMicroUsd)}, ${count(totals.requests, 'request')}, ${count(totals.encoded, 'file')} encoded`,
        ]),
    ...monthLines(report),
    ...(hasActed(totals) ? [] : priceLines(report, 'price')),
    ...(totals.drafts === 0
      ? []
      : [`${count(totals.drafts, 'image')} on drafts alone, not bought before they are published`]),
    ...(isPlan ? report.changedStyles : []).map(
      ({ style, images, estimateMicroUsd }) =>
        `style \`${style}\` has another text: ${count(images, 'image')} would be bought anew for ${formatUsd(estimateMicroUsd)}; \`imprompt generate --keep-style\` keeps what there is`,
    ),
    ...(report.comparison === undefined ? [] : comparisonLines(report.comparison)),
    ...[pinnedLine(totals)].filter((line) => line !== undefined),
  ]
}

/** What new pictures cost by the plan, and the budget that it was held against. */
function priceLines({ totals, budget }: Report, heading: 'expected' | 'price'): readonly string[] {
  if (totals.worstMicroUsd === 0) return []
  const limit = budget.rules.flatMap((rule) =>
    rule.id === 'build' && 'limitMicroUsd' in rule
      ? [` of a budget of ${formatUsd(rule.limitMicroUsd)}`]
      : [],
  )
  const isOver = budget.rules.some(({ id, state }) => id === 'build' && state === 'fail')
  return [
    `${heading} ${formatUsd(totals.estimateMicroUsd)}, at most ${formatUsd(totals.worstMicroUsd)}${limit.join('')}${isOver ? ', over budget' : ''}`,
    ...budget.rules
      .filter(({ id, state }) => id !== 'build' || state === 'warn')
      .map((rule) => `${marks[rule.state]}${describeRule(rule)}`),
  ]
}

const marks = {
  pass: 'budget of ',
  warn: 'warning: over the budget of ',
  fail: 'over the budget of ',
} as const

const incidents: Readonly<Record<Report['incidents'][number]['kind'], string>> = {
  refused: 'not served:',
  unpushed: 'not pushed, run `imprompt push`:',
  duplicate: 'bought twice:',
  uncoordinated: 'not kept apart from other machines:',
}

function substitutionLines({ places, substitutions = [] }: ReportedImage): readonly string[] {
  const [place] = places
  const where = place === undefined ? '' : `${describePlace(place)}  `
  return substitutions.map(({ name, asked, made }) =>
    printable(`warning: ${where}asked for the ${name} \`${asked}\`, got \`${made}\``),
  )
}

function monthLines({ month }: Report): readonly string[] {
  const line = month && monthLine(month)
  return line === undefined ? [] : [line]
}

function earlierLines({ images }: Report): readonly string[] {
  const microUsd = images.reduce((sum, { earlierMicroUsd = 0 }) => sum + earlierMicroUsd, 0)
  if (microUsd === 0) return []
  return [`earlier attempts of unknown outcome may have cost up to ${formatUsd(microUsd)} more`]
}

function problemLines({ problems }: Report): readonly string[] {
  const errors = problems.filter((problem) => problem.severity === 'error').length
  // What retires is known by the day and the plan, of which a lint of the prompts knows nothing.
  const retiring = problems.filter(({ code }) => code === 'model-retiring')
  const warnings = problems.length - errors - retiring.length
  return [
    ...retiring.map(({ message }) => `warning: ${printable(message)}`),
    ...(errors === 0 ? [] : [`${count(errors, 'problem')} to mend`]),
    ...(warnings === 0 ? [] : [`${count(warnings, 'warning')}; see \`imprompt lint\``]),
  ]
}
