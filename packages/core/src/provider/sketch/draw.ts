import sharp from 'sharp'
import { composeSketch } from './compose.ts'
import type { SketchInput } from './compose.ts'
import type { Mark } from './mark.ts'

/** Draws a prompt as PNG bytes of exactly the size asked for; free, offline, the same for the same input. */
export async function drawSketch(input: SketchInput, mark: Mark): Promise<Uint8Array> {
  const { width, height } = input.size
  const drawn = sharp(Buffer.from(composeSketch(input, mark))).resize(width, height, {
    fit: 'fill',
  })
  const sheet = input.background === 'transparent' ? drawn : drawn.removeAlpha()
  return sheet.png({ compressionLevel: 7 }).toBuffer()
}

const frameMs = 160

/** How far light comes and goes over the frames, as a part of it. */
const swing = 0.18

/**
 * Draws a prompt as a GIF of this many frames, over which its light comes and goes; free, offline, the same for the same
 * input.
 * @param frames At least 2.
 */
export async function drawAnimation(input: SketchInput, frames: number): Promise<Uint8Array> {
  const still = await drawSketch(input, 'sketch')
  const numbers = Array.from({ length: frames }, (_, at) => at)
  const pictures = numbers.map((at) => {
    const brightness = 1 + swing * Math.sin((2 * Math.PI * at) / frames + 0.3)
    return sharp(still).modulate({ brightness }).png({ compressionLevel: 1 }).toBuffer()
  })
  return sharp(await Promise.all(pictures), { join: { animated: true } })
    .gif({ delay: numbers.map(() => frameMs), effort: 4, keepDuplicateFrames: true })
    .toBuffer()
}

/** Draws a prompt as an SVG document; free, offline, the same for the same input. */
export function drawVector(input: SketchInput): Uint8Array {
  return Buffer.from(composeSketch(input, 'sketch'))
}
