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
