/** Encodings of pixels that are told by how their bytes begin. */
export type PixelFormat = 'png' | 'jpeg' | 'webp' | 'gif'

const signatures = [
  ['png', 0, '89504e470d0a1a0a'],
  ['jpeg', 0, 'ffd8ff'],
  ['webp', 8, '57454250'],
  ['gif', 0, '474946383961'],
  ['gif', 0, '474946383761'],
] as const

/** By magic bytes, as neither a provider nor a file's name is believed; nothing for any other matter. */
export function formatOf(bytes: Uint8Array): PixelFormat | undefined {
  const hex = Buffer.from(bytes.subarray(0, 16)).toString('hex')
  return signatures.find(([, offset, magic]) => hex.startsWith(magic, offset * 2))?.[0]
}
