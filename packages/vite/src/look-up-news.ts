import { type Build, type ReportedImage, formatUsd, pinnedLine } from '@imprompt/core'

/**
 * Says of each picture once that it is shown as a placeholder, or keeps older defaults, however many looks at pages and at
 * the whole site meet it. Answers a line for either where a look tells of another picture; of one that failed, why, once.
 */
export function lookUpNews(): (look: Pick<Build, 'report' | 'failure'>) => readonly string[] {
  const told = new Set<string>()
  const isNews = (names: readonly string[]): boolean => {
    const isAny = names.some((name) => !told.has(name))
    for (const name of names) told.add(name)
    return isAny
  }
  return ({ report: { images, totals }, failure }) => {
    if (failure !== undefined) return isNews([failure.message]) ? [failure.message] : []
    const standIns = images.filter(isToBeBought)
    const older = pinnedLine(totals)
    return [
      ...(isNews(standIns.map(keyOf)) ? [newsOf(standIns, totals.estimateMicroUsd)] : []),
      ...(isNews(images.filter(isPinned).map(keyOf)) && older !== undefined ? [older] : []),
    ]
  }
}

function keyOf({ key }: ReportedImage): string {
  return key
}

function isPinned({ state }: ReportedImage): boolean {
  return state === 'pinned'
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
