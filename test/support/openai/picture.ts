import { createHash } from 'node:crypto'

import sharp from 'sharp'

import type { Accepted } from './rules.ts'

/** A real picture of the asked size in two tones that follow from the prompt. */
export async function draw({
  prompt,
  width,
  height,
  background,
  format,
}: Accepted): Promise<Buffer> {
  const tones = createHash('sha256').update(prompt).digest().subarray(0, 6)
  const alpha = background === 'transparent' ? 0 : 255
  const pair = Buffer.from([...tones.subarray(0, 3), 255, ...tones.subarray(3), alpha])
  return sharp(pair, { raw: { width: 2, height: 1, channels: 4 } })
    .resize(width, height, { fit: 'fill', kernel: 'nearest' })
    .toFormat(format, format === 'png' ? { compressionLevel: 1 } : {})
    .toBuffer()
}
