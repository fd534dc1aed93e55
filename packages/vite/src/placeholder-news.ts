import { type Report, type ReportedImage, formatUsd } from '@imprompt/core'

/**
 * Says of each picture once that it is shown as a placeholder, however many looks at pages and at the whole site meet it.
 * Answers nothing where a report tells of no other.
 */
export function placeholderNews(): (report: Report) => string | undefined {
  const told = new Set<string>()
  return (report) => {
    const standIns = report.images.filter(isToBeBought)
    const isNews = standIns.some(({ key }) => !told.has(key))
    for (const { key } of standIns) told.add(key)
    return isNews ? newsOf(standIns, report.totals.estimateMicroUsd) : undefined
  }
}

/** Of what a remote says nothing nobody knows whether it is to be bought. */
function isToBeBought({ state, estimate }: ReportedImage): boolean {
  return state === 'placeholder' && estimate !== undefined
}

function newsOf(standIns: readonly ReportedImage[], microUsd: number): string {
  const wanted = standIns.filter(({ isDraft }) => isDraft !== true)
  const onDrafts = standIns.length - wanted.length
  if (wanted.length === 0) return `${countIn(standIns)}; nothing is bought for drafts`
  const rest = onDrafts === 0 ? '' : `, and nothing for ${onDrafts} more on drafts`
  return `${countIn(wanted)}; \`imprompt generate\` buys the pictures for about ${formatUsd(microUsd)}${rest}`
}

function countIn(images: readonly ReportedImage[]): string {
  const files = [...new Set(images.flatMap(({ places }) => places.map(({ file }) => file)))]
  const where = files.length === 1 ? files.join('') : `${files.length} files`
  return `${images.length === 1 ? '1 placeholder' : `${images.length} placeholders`} in ${where}`
}
