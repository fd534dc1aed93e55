import type { Size, SizeRule } from './ports.ts'

/** Writes `1536x1024`. */
export function formatSize(size: Size): `${number}x${number}` {
  return `${size.width}x${size.height}`
}

/** Reads `1536x1024`; nothing for any other text. */
export function parseSize(text: string): Size | undefined {
  const [, width, height] = /^([1-9]\d{0,5})x([1-9]\d{0,5})$/.exec(text) ?? []
  return width === undefined ? undefined : { width: Number(width), height: Number(height) }
}

/**
 * The smallest size that the rule allows and that covers the wanted one, so that nothing is upscaled.
 * On a grid the shape of the wanted size is kept, to a step: what the later crop throws away was paid for.
 * Answers nothing where the model can make no size as large.
 */
export function coveringSize(wanted: Size, rule: SizeRule): Size | undefined {
  return coveringFrame(wanted, rule, undefined)
}

/**
 * The smallest size of a frame that covers the wanted one, where all frames lie on one sheet that the rule allows. A
 * model with a list of sizes is taken to make each frame in one of them.
 * @param frames How many an animation has; nothing for a still picture.
 */
export function coveringFrame(
  wanted: Size,
  rule: SizeRule,
  frames: number | undefined,
): Size | undefined {
  switch (rule.kind) {
    case 'list':
      return rule.sizes
        .filter((size) => size.width >= wanted.width && size.height >= wanted.height)
        .toSorted((one, other) => areaOf(one) - areaOf(other))[0]
    case 'grid':
      return coveringOnGrid(wanted, rule, sheetOf(frames))
  }
}

/** What a rule allows for a frame of an animation, or for a still picture, for messages. */
export function describeFrames(rule: SizeRule, frames: number | undefined): string {
  switch (rule.kind) {
    case 'list':
      return `at most ${rule.sizes.map(formatSize).join(', ')}`
    case 'grid':
      return frames === undefined
        ? `edges up to ${rule.maxEdge} and up to ${rule.maxPixels} pixels`
        : describeSheet(rule, frames)
  }
}

type Grid = SizeRule & { readonly kind: 'grid' }

/** How many frames lie side by side, and how many above each other. */
interface Sheet {
  readonly columns: number
  readonly rows: number
}

const single: Sheet = { columns: 1, rows: 1 }

/**
 * The sheets that OpenAI lays frames out on. Unverified: inferred from ComfyUI's steps of billing, and from the refusal
 * of six frames of 1024x1024 on a sheet 4096 wide.
 */
const sheets: readonly Sheet[] = [
  { columns: 4, rows: 2 },
  { columns: 3, rows: 3 },
  { columns: 4, rows: 3 },
  { columns: 4, rows: 4 },
]

function sheetOf(frames: number | undefined): Sheet {
  if (frames === undefined) return single
  const columns = Math.ceil(Math.sqrt(frames))
  return (
    sheets.find((sheet) => sheet.columns * sheet.rows >= frames) ?? {
      columns,
      rows: Math.ceil(frames / columns),
    }
  )
}

function describeSheet({ maxEdge, maxPixels, step }: Grid, frames: number): string {
  const { columns, rows } = sheetOf(frames)
  const most = (edge: number): number => Math.floor(edge / step) * step
  const limit = formatSize({ width: most(maxEdge / columns), height: most(maxEdge / rows) })
  return `${frames} frames of at most ${limit} and ${Math.floor(maxPixels / (columns * rows))} pixels each; ask for less, or for fewer frames`
}

function coveringOnGrid(wanted: Size, rule: Grid, { columns, rows }: Sheet): Size | undefined {
  const { step } = rule
  const sheet = { width: wanted.width * columns, height: wanted.height * rows }
  const long = Math.max(sheet.width, sheet.height)
  const shaped = {
    width: Math.max(sheet.width, long / rule.maxRatio),
    height: Math.max(sheet.height, long / rule.maxRatio),
  }
  const enlargement = Math.max(1, Math.sqrt(rule.minPixels / areaOf(shaped)))
  const size = {
    width: upTo(shaped.width * enlargement, step * columns),
    height: upTo(shaped.height * enlargement, step * rows),
  }
  // Rounding the long edge up to a step can pass the ratio's limit by that step: the short edge follows.
  const least = Math.max(size.width, size.height) / rule.maxRatio
  const width = Math.max(size.width, upTo(least, step * columns))
  const height = Math.max(size.height, upTo(least, step * rows))
  const isLegal = Math.max(width, height) <= rule.maxEdge && width * height <= rule.maxPixels
  return isLegal ? { width: width / columns, height: height / rows } : undefined
}

function upTo(length: number, step: number): number {
  // A product such as 1024 * 1.0000000000000002 must not cost another step.
  return Math.ceil(Number((length / step).toFixed(6))) * step
}

function areaOf(size: Size): number {
  return size.width * size.height
}
