import { formatUsd } from '../config/usd.ts'
import { describePlace } from '../place.ts'
import { count, excerpt } from '../wording.ts'
import type { ComparedImage, Comparison } from './comparison.ts'

/** One sentence on what a branch adds, such as `against main: +$0.12, 2 pictures added, 1 changed (quality)`. */
export function comparisonHeadline(comparison: Comparison): string {
  const { ref, added, changed, removed, orphaned, costMicroUsd } = comparison
  const attributes = [...new Set(changed.flatMap((image) => image.attributes))]
  const parts = [
    ...(added.length === 0 ? [] : [`${count(added.length, 'picture')} added`]),
    ...(changed.length === 0 ? [] : [`${changed.length} changed (${attributes.join(', ')})`]),
    ...(removed.length === 0 ? [] : [`${removed.length} removed`]),
    ...(orphaned.length === 0 ? [] : [`${orphaned.length} orphaned`]),
  ]
  const what = parts.length === 0 ? 'no picture changed' : parts.join(', ')
  return `against ${ref}: +${formatUsd(costMicroUsd)}, ${what}`
}

/** A comparison for a terminal: its headline, then a line for each picture that differs. */
export function comparisonLines(comparison: Comparison): readonly string[] {
  const { added, changed, removed, orphaned } = comparison
  return [
    comparisonHeadline(comparison),
    ...added.map((image) => lineOf('added', image)),
    ...changed.map((image) =>
      lineOf(
        `changed ${image.attributes.join(', ')}`,
        image,
        ` was ${formatUsd(image.fromMicroUsd)}`,
      ),
    ),
    ...removed.map((image) => lineOf('removed', image)),
    ...orphaned.map((image) => lineOf('orphaned', image)),
  ]
}

function lineOf(what: string, { place, microUsd, prompt }: ComparedImage, more = ''): string {
  const where = place === undefined ? '' : `${describePlace(place)}  `
  return `  ${what}  ${where}${formatUsd(microUsd)}${more}  ${excerpt(prompt, 50)}`
}
