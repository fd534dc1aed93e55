import { formatUsd } from '../config/usd.ts'
import { describePlace } from '../place.ts'
import { count, excerpt } from '../wording.ts'
import { type Report, type ReportedImage, imageStates } from './report.ts'

/**
 * A report for a terminal: a row an image, then what it costs and what reuse saved. Problems are counted alone: the
 * failure that they cause tells the errors, and `imprompt lint` the warnings.
 */
export function reportText(report: Report): string {
  const rows = report.images.map(rowOf)
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)),
  )
  const table = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  return [
    ...(table.length === 0 ? [] : [...table.map((line) => `  ${line}`), '']),
    ...summaryOf(report),
  ].join('\n')
}

/** State, place, model with size and quality, price, and the prompt, which may be of any width and so comes last. */
function rowOf(image: ReportedImage): readonly string[] {
  const [place] = image.places
  const others = image.places.length - 1
  const price = image.state === 'bought' ? image.spentMicroUsd : image.estimate?.microUsd
  return [
    image.isDraft === true && image.state === 'new' ? 'draft' : image.state,
    (place === undefined ? '' : describePlace(place)) + (others > 0 ? ` +${others}` : ''),
    [image.model, image.size, image.quality].filter((part) => part !== undefined).join(' '),
    price === undefined ? '' : formatUsd(price),
    excerpt(image.prompt, 50),
  ]
}

function summaryOf(report: Report): readonly string[] {
  const { totals, budget, content } = report
  const counts = imageStates
    .filter((state) => totals[state] > 0)
    .map((state) => `${totals[state]} ${state}`)
  const limit = budget.rules.reduce((least, rule) => Math.min(least, rule.limitMicroUsd), Infinity)
  const isOver = budget.state === 'fail' ? ', over budget' : ''
  // A plan has done nothing that is worth a line.
  const isPlan = totals.new > totals.drafts
  return [
    `${count(totals.images, 'image')} from ${count(totals.directives, 'directive')}: ${counts.join(', ') || 'none'}`,
    `looked into ${count(content.files, 'file')} of ${content.globs.join(', ')}`,
    ...problemLines(report),
    ...(isPlan
      ? []
      : [
          `spent ${formatUsd(totals.spentMicroUsd)}, reuse saved ${formatUsd(totals.savedMicroUsd)}, ${count(totals.requests, 'request')}, ${count(totals.encoded, 'file')} encoded`,
        ]),
    ...(totals.worstMicroUsd === 0
      ? []
      : [
          `price ${formatUsd(totals.estimateMicroUsd)}, at most ${formatUsd(totals.worstMicroUsd)} of a budget of ${formatUsd(limit)}${isOver}`,
        ]),
    ...(totals.drafts === 0
      ? []
      : [`${count(totals.drafts, 'image')} on drafts alone, not bought before they are published`]),
    ...report.changedStyles.map(
      ({ style, images, estimateMicroUsd }) =>
        `style \`${style}\` has another text: ${count(images, 'image')} would be bought anew for ${formatUsd(estimateMicroUsd)}; \`imprompt generate --keep-style\` keeps what there is`,
    ),
    ...(totals.pinned === 0 ? [] : [`${count(totals.pinned, 'image')} made with older defaults`]),
  ]
}

function problemLines({ problems }: Report): readonly string[] {
  const errors = problems.filter((problem) => problem.severity === 'error').length
  const warnings = problems.length - errors
  return [
    ...(errors === 0 ? [] : [`${count(errors, 'problem')} to mend`]),
    ...(warnings === 0 ? [] : [`${count(warnings, 'warning')}; see \`imprompt lint\``]),
  ]
}
