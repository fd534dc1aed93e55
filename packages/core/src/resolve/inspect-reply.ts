import sharp from 'sharp'
import { reasonOf } from '../error.ts'
import { sha256Of } from '../key/key.ts'
import { formatOf } from '../picture-format.ts'
import type { GenerateInput, Original, Size } from '../ports.ts'
import { formatSize } from '../size-rule.ts'
import { count } from '../wording.ts'
import { gifFrames } from './inspect/gif-frames.ts'
import { readSvg } from './inspect/safe-svg.ts'
import { type StillFormat, stillFault } from './inspect/still-structure.ts'

/** What the bytes themselves tell of an original. */
export type Pixels = Omit<Original, 'digitalSourceType'>

/** What a reply is held against: the part of a request that its bytes can show. */
export type Expected = Pick<GenerateInput, 'size' | 'frames' | 'vector'>

type Inspected = { readonly original: Pixels } | { readonly fault: string }

/** Room for a decoder's padding above the pixels that were asked for: anything larger is a decompression bomb. */
const pixelAllowance = 1.1

/** A longer animation than this many times the one that was asked for is a decompression bomb. */
const frameAllowance = 2

/**
 * Checks the bytes of a reply before they are stored; answers what is wrong with them otherwise. By default it is a
 * PNG, JPEG or WebP that is whole, stands still, decodes to its last pixel and has exactly the size that was asked for.
 * Where frames were asked for it is a GIF of that size whose every frame decodes: two frames are enough, as it was
 * paid for, and their true number is recorded. Where a vector was asked for it is an SVG of that shape that only draws.
 */
export async function inspectReply(bytes: Uint8Array, expected: Expected): Promise<Inspected> {
  const format = formatOf(bytes)
  if (expected.vector === true) return inspectDrawing(bytes, expected.size)
  if (expected.frames !== undefined)
    return format === 'gif'
      ? inspectAnimation(bytes, expected.size, expected.frames)
      : { fault: 'the reply is no GIF, as was asked' }
  return format === undefined || format === 'gif'
    ? { fault: 'the reply is neither PNG, JPEG nor WebP' }
    : inspectStill(bytes, format, expected.size)
}

/**
 * Checks the bytes of a file that a person made as those of a reply, but that it may have any size which covers the wanted
 * one.
 */
export async function inspectFile(
  bytes: Uint8Array,
  { wanted, ...asked }: Expected & { readonly wanted: Size },
): Promise<Inspected> {
  if (asked.vector === true) return inspectDrawing(bytes, asked.size)
  const format = formatOf(bytes)
  const isAnimation = asked.frames !== undefined
  if (format === undefined || (format === 'gif') !== isAnimation)
    return {
      fault: isAnimation ? 'it is no GIF, as was asked' : 'it is neither PNG, JPEG nor WebP',
    }
  const size = await uprightSize(bytes)
  if ('fault' in size) return size
  if (Math.max(size.width, size.height) > maxFileEdge)
    return { fault: `it has ${formatSize(size)} pixels, expected edges up to ${maxFileEdge}` }
  if (size.width < wanted.width || size.height < wanted.height)
    return {
      fault: `it has ${formatSize(size)} pixels, expected at least ${formatSize(wanted)}, as nothing is upscaled`,
    }
  return inspectReply(bytes, { ...asked, size })
}

const maxFileEdge = 8192

/** A size by the head of a file; cameras turn pictures by a note beside their pixels, which pages do not get. */
async function uprightSize(bytes: Uint8Array): Promise<Size | { readonly fault: string }> {
  try {
    const { width, height, pageHeight, orientation = 1 } = await sharp(bytes).metadata()
    if (orientation === 1) return { width, height: pageHeight ?? height }
    return { fault: 'its pixels are turned by a note in its metadata; save it upright' }
  } catch (cause) {
    return { fault: `it does not decode: ${reasonOf(cause)}` }
  }
}

async function inspectStill(
  bytes: Uint8Array,
  format: StillFormat,
  size: Size,
): Promise<Inspected> {
  const fault = stillFault(bytes, format)
  if (fault !== undefined) return { fault: `the ${format} is not whole: ${fault}` }
  const decoded = await decode(bytes, { format, maxPixels: pixelsOf(size) * pixelAllowance })
  if ('fault' in decoded) return decoded
  const { width, height, isOpaque } = decoded
  return (
    sizeFault(decoded, size) ?? {
      original: { sha256: sha256Of(bytes), format, width, height, bytes: bytes.length, isOpaque },
    }
  )
}

async function inspectAnimation(bytes: Uint8Array, size: Size, asked: number): Promise<Inspected> {
  const counted = gifFrames(bytes)
  if ('fault' in counted) return { fault: `the gif is not whole: ${counted.fault}` }
  const { frames } = counted
  if (frames < 2 || frames > asked * frameAllowance)
    return { fault: `the gif has ${count(frames, 'frame')}, asked were ${asked}` }
  const maxPixels = pixelsOf(size) * pixelAllowance * frames
  const decoded = await decode(bytes, { format: 'gif', maxPixels })
  if ('fault' in decoded) return decoded
  const { width, height, isOpaque } = decoded
  const facts = { width, height, bytes: bytes.length, isOpaque, frames }
  return (
    sizeFault(decoded, size) ?? { original: { sha256: sha256Of(bytes), format: 'gif', ...facts } }
  )
}

/** Pages show drawings at any size, so that only their shape counts; a unit's rounding is forgiven. */
const maxShapeError = 0.02

async function inspectDrawing(bytes: Uint8Array, size: Size): Promise<Inspected> {
  const drawing = readSvg(bytes)
  if ('fault' in drawing) return { fault: `it is no SVG that only draws: ${drawing.fault}` }
  const { shape } = drawing
  const ratio = (shape.width / shape.height) * (size.height / size.width)
  if (Math.abs(ratio - 1) > maxShapeError)
    return {
      fault: `the svg has the shape ${shape.width}x${shape.height}, asked were ${size.width}x${size.height}`,
    }
  const drawn = drawing.write({ size, fit: 'fill', digitalSourceType: 'trainedAlgorithmicMedia' })
  const maxPixels = pixelsOf(size) * pixelAllowance
  const decoded = await decode(Buffer.from(drawn), { format: 'svg', maxPixels })
  if ('fault' in decoded) return decoded
  const facts = { ...size, bytes: bytes.length, isOpaque: decoded.isOpaque }
  return { original: { sha256: sha256Of(bytes), format: 'svg', ...facts } }
}

interface Decoding {
  readonly format: Original['format']
  /** All frames together. */
  readonly maxPixels: number
}

/** Reads every pixel, where a look at the header would be content with half a file. */
async function decode(
  bytes: Uint8Array,
  { format, maxPixels }: Decoding,
): Promise<(Size & { readonly isOpaque: boolean }) | { readonly fault: string }> {
  try {
    const image = sharp(bytes, {
      failOn: 'warning',
      limitInputPixels: Math.ceil(maxPixels),
      animated: format === 'gif',
    })
    const { width, height, pageHeight } = await image.metadata()
    const { isOpaque } = await image.stats()
    return { width, height: pageHeight ?? height, isOpaque }
  } catch (cause) {
    return { fault: `the ${format} does not decode: ${reasonOf(cause)}` }
  }
}

function sizeFault(actual: Size, asked: Size): { readonly fault: string } | undefined {
  if (actual.width === asked.width && actual.height === asked.height) return undefined
  return {
    fault: `the reply has ${formatSize(actual)} pixels, asked were ${formatSize(asked)}`,
  }
}

function pixelsOf({ width, height }: Size): number {
  return width * height
}
