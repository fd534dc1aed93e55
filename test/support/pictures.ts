import sharp from 'sharp'
import type { Size } from '../../packages/core/src/ports.ts'

/** A whole PNG of this size, in one colour. */
export function png(size: Size, colour = '#336699'): Promise<Uint8Array> {
  return sharp({ create: { ...size, channels: 3, background: colour } })
    .png()
    .toBuffer()
}
