import type { Size } from '../ports.ts'

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

function fromRatio(width: number, height: number): Size | undefined {
  if (width === 0 || height === 0) return undefined
  const scale = Math.min(box.long / Math.max(width, height), box.short / Math.min(width, height))
  return plausible({ width: Math.round(width * scale), height: Math.round(height * scale) })
}

function plausible(size: Size): Size | undefined {
  const isPlausible = [size.width, size.height].every((edge) => edge >= 1 && edge <= maxEdge)
  return isPlausible ? size : undefined
}
