/** What the blocks of a GIF tell of it. */
export type GifFrames = { readonly frames: number } | { readonly fault: string }

const headerBytes = 13
const extension = 0x21
const image = 0x2c
const trailer = 0x3b

/**
 * Counts the frames of a GIF by its blocks, without decoding any. A GIF without its trailer, or with bytes after it, is
 * faulty, which decoders overlook.
 * https://www.w3.org/Graphics/GIF/spec-gif89a.txt
 */
export function gifFrames(bytes: Uint8Array): GifFrames {
  let frames = 0
  let at = headerBytes + paletteBytes(bytes[10])
  for (;;) {
    const introducer = bytes[at]
    switch (introducer) {
      case trailer:
        return at + 1 === bytes.length ? { frames } : { fault: 'it goes on after its end' }
      case extension:
        at = afterSubBlocks(bytes, at + 2)
        break
      case image:
        frames += 1
        // The descriptor ends in flags, then come a palette and the size of a code.
        at = afterSubBlocks(bytes, at + 10 + paletteBytes(bytes[at + 9]) + 1)
        break
      case undefined:
        return { fault: 'it ends before its end' }
      default:
        return { fault: 'it holds a block of no known kind' }
    }
  }
}

function paletteBytes(flags = 0): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1)
}

/** Behind the blocks that follow, each after its length, up to an empty one. */
function afterSubBlocks(bytes: Uint8Array, start: number): number {
  let at = start
  for (let length = bytes[at]; length !== undefined && length > 0; length = bytes[at])
    at += length + 1
  return at + 1
}
