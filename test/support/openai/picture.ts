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
  frames,
}: Accepted): Promise<Buffer> {
  if (format === 'svg') {
    return Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"/>`,
    )
  }
  const tones = createHash('sha256').update(prompt).digest().subarray(0, 6)
  const alpha = background === 'transparent' ? 0 : 255
  const pair = Buffer.from([...tones.subarray(0, 3), 255, ...tones.subarray(3), alpha])
  const picture = sharp(pair, { raw: { width: 2, height: 1, channels: 4 } }).resize(width, height, {
    fit: 'fill',
    kernel: 'nearest',
  })
  if (format === 'gif') {
    const frame = await picture.png().toBuffer()
    const other = await sharp(frame).negate({ alpha: false }).png().toBuffer()
    const shown = Array.from({ length: frames ?? 1 }, (_, at) => (at % 2 === 0 ? frame : other))
    return sharp(shown, { join: { animated: true } })
      .gif()
      .toBuffer()
  }
  return picture.toFormat(format, format === 'png' ? { compressionLevel: 1 } : {}).toBuffer()
}
