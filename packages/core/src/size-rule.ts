import type { Size, SizeRule } from './ports.ts'

/** Writes `1536x1024`. */
export function formatSize(size: Size): string {
  return `${size.width}x${size.height}`
}

/**
 * The smallest size that the rule allows and that covers the wanted one, so that nothing is upscaled.
 * On a grid the shape of the wanted size is kept, to a step: what the later crop throws away was paid for.
 * Answers nothing where the model can make no size as large.
 */
export function coveringSize(wanted: Size, rule: SizeRule): Size | undefined {
  switch (rule.kind) {
    case 'list':
      return rule.sizes
        .filter((size) => size.width >= wanted.width && size.height >= wanted.height)
        .toSorted((one, other) => areaOf(one) - areaOf(other))[0]
    case 'grid':
      return coveringOnGrid(wanted, rule)
  }
}

/** What a rule allows, for messages. */
export function describeRule(rule: SizeRule): string {
  switch (rule.kind) {
    case 'list':
      return `at most ${rule.sizes.map(formatSize).join(', ')}`
    case 'grid':
      return `edges up to ${rule.maxEdge} and up to ${rule.maxPixels} pixels`
  }
}

function coveringOnGrid(wanted: Size, rule: SizeRule & { kind: 'grid' }): Size | undefined {
  const long = Math.max(wanted.width, wanted.height)
  const shaped = {
    width: Math.max(wanted.width, long / rule.maxRatio),
    height: Math.max(wanted.height, long / rule.maxRatio),
  }
  const enlargement = Math.max(1, Math.sqrt(rule.minPixels / areaOf(shaped)))
  const size = {
    width: upTo(shaped.width * enlargement, rule.step),
    height: upTo(shaped.height * enlargement, rule.step),
  }
  const isLegal =
    Math.max(size.width, size.height) <= rule.maxEdge && areaOf(size) <= rule.maxPixels
  return isLegal ? withinRatio(size, rule) : undefined
}

/** Rounding the long edge up to a step can pass the ratio's limit by that step: the short edge follows. */
function withinRatio(size: Size, rule: SizeRule & { kind: 'grid' }): Size {
  const least = upTo(Math.max(size.width, size.height) / rule.maxRatio, rule.step)
  return { width: Math.max(size.width, least), height: Math.max(size.height, least) }
}

function upTo(length: number, step: number): number {
  // A product such as 1024 * 1.0000000000000002 must not cost another step.
  return Math.ceil(Number((length / step).toFixed(6))) * step
}

function areaOf(size: Size): number {
  return size.width * size.height
}
