import { crc32 } from 'node:zlib'

/** Whatever a picture says beside its pixels: profile, words, times. A picture's own fill a few kilobytes. */
const maxAncillaryChunks = 256
const maxAncillaryBytes = 8 * 1024 * 1024

const signatureBytes = 8

/** Length, type and checksum of a chunk. */
const frameBytes = 12

/**
 * What is wrong with the chunks of a PNG, which decoders overlook; nothing where they are whole. Bytes after its end and
 * animations are wrong, as is more matter beside the pixels than any picture needs.
 * https://www.w3.org/TR/png-3/#5DataRep
 */
export function pngFault(bytes: Uint8Array): string | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let chunks = 0
  let ancillaryBytes = 0
  for (let at = signatureBytes; at + frameBytes <= buffer.length;) {
    const length = buffer.readUInt32BE(at)
    const end = at + frameBytes + length
    const type = buffer.toString('latin1', at + 4, at + 8)
    if (end > buffer.length) return `its chunk \`${nameOf(type)}\` goes on after the last byte`
    if (crc32(buffer.subarray(at + 4, end - 4)) !== buffer.readUInt32BE(end - 4))
      return `its chunk \`${nameOf(type)}\` does not match its checksum`
    if (at === signatureBytes && type !== 'IHDR') return 'it does not begin with its header'
    if (type === 'acTL') return 'it is an animation'
    if (type === 'IEND') return end === buffer.length ? undefined : 'it goes on after its end'
    if (isAncillary(type)) {
      chunks += 1
      ancillaryBytes += length
    }
    if (chunks > maxAncillaryChunks || ancillaryBytes > maxAncillaryBytes)
      return `it holds more than ${maxAncillaryChunks} chunks or ${maxAncillaryBytes} bytes beside its pixels`
    at = end
  }
  return 'it ends before its end'
}

/** Decoders may skip chunks whose names begin with a small letter. */
function isAncillary(type: string): boolean {
  return /^[a-z]/.test(type)
}

/** A name of a chunk is four letters; what else stands there is not repeated. */
function nameOf(type: string): string {
  return /^[A-Za-z]{4}$/.test(type) ? type : '????'
}
