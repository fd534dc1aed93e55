import type { Size, SizeRule } from '../ports.ts'

const named: ReadonlyMap<string, Size> = new Map([
  ['square', { width: 1024, height: 1024 }],
  ['landscape', { width: 1536, height: 1024 }],
  ['portrait', { width: 1024, height: 1536 }],
  ['wide', { width: 1536, height: 864 }],
  ['og', { width: 1200, height: 630 }],
])

/** Sizes that go by a name. */
export const sizeNames: readonly string[] = [...named.keys()]

/** A ratio is drawn into this box, turned to its orientation. */
const box = { long: 1536, short: 1024 }

/** Longest edge of a finished picture. */
const maxEdge = 8192

/** What a size may look like, for messages. */
export const sizeForms = '`1536x1024`, `16:9`, `square`, `landscape`, `portrait`, `wide` or `og`'

/**
 * Reads `1536x1024`, `16:9` or a name. A ratio becomes the largest size of that shape that fits into
 * 1536x1024, or into 1024x1536 when it is upright. Answers nothing for any other text.
 */
export function readSize(text: string): Size | undefined {
  const known = named.get(text)
  if (known !== undefined) return known
  const pixels = /^(\d{1,5})x(\d{1,5})$/.exec(text)
  if (pixels !== null) return plausible({ width: Number(pixels[1]), height: Number(pixels[2]) })
  const ratio = /^(\d{1,4}(?:\.\d{1,4})?):(\d{1,4}(?:\.\d{1,4})?)$/.exec(text)
  if (ratio !== null) return fromRatio(Number(ratio[1]), Number(ratio[2]))
  return undefined
}

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

function fromRatio(width: number, height: number): Size | undefined {
  if (width === 0 || height === 0) return undefined
  const scale = Math.min(box.long / Math.max(width, height), box.short / Math.min(width, height))
  return plausible({ width: Math.round(width * scale), height: Math.round(height * scale) })
}

function plausible(size: Size): Size | undefined {
  const isPlausible = [size.width, size.height].every((edge) => edge >= 1 && edge <= maxEdge)
  return isPlausible ? size : undefined
}

function upTo(length: number, step: number): number {
  // A product such as 1024 * 1.0000000000000002 must not cost another step.
  return Math.ceil(Number((length / step).toFixed(6))) * step
}

function areaOf(size: Size): number {
  return size.width * size.height
}
