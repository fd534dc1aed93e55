import { pngFault } from './png-structure.ts'

/** Formats of pictures that stand still. */
export type StillFormat = 'png' | 'jpeg' | 'webp'

/**
 * What is wrong with the ends of a still picture; nothing where it is whole. Decoders are content with a file whose end
 * is missing or followed by other matter.
 */
export function stillFault(bytes: Uint8Array, format: StillFormat): string | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  switch (format) {
    case 'png':
      return pngFault(bytes)
    case 'jpeg':
      return buffer.subarray(-2).toString('hex') === 'ffd9' ? undefined : cut
    case 'webp': {
      if (buffer.length < 21 || buffer.readUInt32LE(4) + 8 !== buffer.length) return cut
      const isExtended = buffer.toString('latin1', 12, 16) === 'VP8X'
      return isExtended && ((buffer[20] ?? 0) & animationFlag) !== 0
        ? 'it is an animation'
        : undefined
    }
  }
}

const cut = 'it ends before its end, or goes on after it'

/** https://developers.google.com/speed/webp/docs/riff_container#extended_file_format */
const animationFlag = 0x02
