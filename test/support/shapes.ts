import sharp from 'sharp'
import type { Size } from '../../packages/core/src/ports.ts'

/** A whole GIF of frames that differ. */
export async function gif(size: Size, frames: number): Promise<Buffer> {
  const pages = await Promise.all(
    Array.from({ length: frames }, (_, at) =>
      sharp({ create: { ...size, channels: 3, background: { r: at * 12, g: 90, b: 200 } } })
        .png()
        .toBuffer(),
    ),
  )
  return sharp(pages, { join: { animated: true } })
    .gif({ delay: pages.map(() => 120) })
    .toBuffer()
}

/** A drawing of this body in a view box of 200 by 100. */
export function svg(body: string, attributes = 'viewBox="0 0 200 100"'): Buffer {
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${body}</svg>`)
}
