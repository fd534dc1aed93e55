/** Decodes canonical base64; nothing for an empty text, a foreign character, or wrong padding. */
export function decodeBase64(text: string): Uint8Array | undefined {
  if (text === '') return undefined
  const bytes = Buffer.from(text, 'base64')
  // Buffer skips whatever it does not understand; only what it understood whole comes back the same.
  return bytes.toString('base64') === text ? bytes : undefined
}
