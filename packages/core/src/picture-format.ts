/** Encodings of pixels that are told by how their bytes begin. */
export type PixelFormat = 'png' | 'jpeg' | 'webp' | 'gif'

const signatures = [
  ['png', 0, '89504e470d0a1a0a'],
  ['jpeg', 0, 'ffd8ff'],
  ['webp', 8, '57454250'],
  ['gif', 0, '474946383961'],
  ['gif', 0, '474946383761'],
] as const

/** A file that goes along with a request has to be smaller, by the reference of OpenAI's `images/edits`; in bytes. */
const maxFileBytes = 50_000_000

/** Why a file is too large to go along with a request; nothing where it is not. */
export function oversize(bytes: number): string | undefined {
  return bytes < maxFileBytes ? undefined : `it has ${bytes} bytes, and may have less than 50 MB`
}

/** By magic bytes, as neither a provider nor a file's name is believed; nothing for any other matter. */
export function formatOf(bytes: Uint8Array): PixelFormat | undefined {
  const hex = Buffer.from(bytes.subarray(0, 16)).toString('hex')
  return signatures.find(([, offset, magic]) => hex.startsWith(magic, offset * 2))?.[0]
}
