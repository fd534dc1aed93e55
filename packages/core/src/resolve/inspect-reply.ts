import sharp from 'sharp'
import { reasonOf } from '../error.ts'
import { sha256Of } from '../key/key.ts'
import type { Original, Size } from '../ports.ts'

/** What the bytes themselves tell of an original. */
export type Pixels = Omit<Original, 'digitalSourceType'>

/** Room for a decoder's padding above the pixels that were asked for: anything larger is a decompression bomb. */
const pixelAllowance = 1.1

/**
 * Checks the bytes of a reply before they are stored: a PNG, JPEG or WebP that is whole, decodes to its last pixel and
 * has exactly the size that was asked for. Answers what is wrong with it otherwise.
 */
export async function inspectReply(
  bytes: Uint8Array,
  expected: Size,
): Promise<{ readonly original: Pixels } | { readonly fault: string }> {
  const format = formatOf(bytes)
  if (format === undefined) return { fault: 'the reply is neither PNG, JPEG nor WebP' }
  if (!isWhole(bytes, format))
    return { fault: `the ${format} ends before its end, or goes on after it` }
  const limitInputPixels = Math.ceil(expected.width * expected.height * pixelAllowance)
  try {
    const image = sharp(bytes, { failOn: 'warning', limitInputPixels })
    const { width, height } = await image.metadata()
    // Statistics read every pixel, where metadata reads the header alone.
    const { isOpaque } = await image.stats()
    if (width !== expected.width || height !== expected.height)
      return {
        fault: `the reply has ${width}x${height} pixels, asked were ${expected.width}x${expected.height}`,
      }
    return {
      original: { sha256: sha256Of(bytes), format, width, height, bytes: bytes.length, isOpaque },
    }
  } catch (cause) {
    return {
      fault: `the ${format} does not decode: ${reasonOf(cause)}`,
    }
  }
}

type StillFormat = 'png' | 'jpeg' | 'webp'

const signatures = [
  ['png', 0, '89504e470d0a1a0a'],
  ['jpeg', 0, 'ffd8ff'],
  ['webp', 8, '57454250'],
] as const

/** By magic bytes: what a provider says of its reply is not believed. */
function formatOf(bytes: Uint8Array): StillFormat | undefined {
  const hex = Buffer.from(bytes.subarray(0, 16)).toString('hex')
  return signatures.find(([, offset, magic]) => hex.startsWith(magic, offset * 2))?.[0]
}

/** Decoders are content with a file whose end is missing or followed by other matter. */
function isWhole(bytes: Uint8Array, format: StillFormat): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  switch (format) {
    case 'png':
      return buffer.subarray(-12).toString('hex') === '0000000049454e44ae426082'
    case 'jpeg':
      return buffer.subarray(-2).toString('hex') === 'ffd9'
    case 'webp':
      return buffer.length >= 12 && buffer.readUInt32LE(4) + 8 === buffer.length
  }
}
