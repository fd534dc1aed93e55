/** An application's extension of eleven letters. */
const opening = Buffer.concat([Buffer.from([0x21, 0xff, 11]), Buffer.from('XMP DataXMP', 'latin1')])

/** Leads readers that take the packet for blocks with lengths to the end of it, wherever they land. */
const magicTrailer = Buffer.from([1, ...Array.from({ length: 256 }, (_, at) => 255 - at), 0])

/**
 * Puts a packet of XMP before the end of a GIF, where the encoder knows of none.
 * https://developer.adobe.com/xmp/docs/XMPSpecifications/ part 3, 1.1.2
 */
export function withGifXmp(gif: Uint8Array, packet: string): Uint8Array {
  const end = gif.length - 1
  const parts = [
    gif.subarray(0, end),
    opening,
    Buffer.from(packet),
    magicTrailer,
    gif.subarray(end),
  ]
  return Buffer.concat(parts)
}
