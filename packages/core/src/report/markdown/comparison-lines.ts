import { formatUsd } from '../../config/usd.ts'
import { describePlace } from '../../place.ts'
import { comparisonHeadline } from '../comparison-text.ts'
import type { ComparedImage, Comparison } from '../comparison.ts'
import { code, prose } from './safe-text.ts'
import { excerptLetters, promptOf } from './tables.ts'

/** What a branch adds, in a sentence, then a line for each image that differs. */
export function comparisonLines(comparison: Comparison, showsPrompts: boolean): readonly string[] {
  const { added, changed, removed, orphaned } = comparison
  const lineOf = (what: string, image: ComparedImage, more = ''): string => {
    const { place, microUsd } = image
    const where = place === undefined ? '' : ` ${code(describePlace(place))}`
    const prompt = showsPrompts ? ` ${promptOf(image, excerptLetters)}` : ''
    return `${what}:${where} ${formatUsd(microUsd)}${more}${prompt}`
  }
  return [
    prose(comparisonHeadline(comparison)),
    ...added.map((image) => lineOf('added', image)),
    ...changed.map((image) =>
      lineOf(
        `changed, by ${code(image.attributes.join(', '))}`,
        image,
        `, was ${formatUsd(image.fromMicroUsd)},`,
      ),
    ),
    ...removed.map((image) => lineOf('removed', image)),
    ...orphaned.map((image) => lineOf('orphaned', image)),
  ]
}
