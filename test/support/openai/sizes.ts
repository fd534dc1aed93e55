/** Which sizes the models make. */

import { quoted, type Refusal } from './refusal.ts'

const presets: readonly string[] = ['1024x1024', '1024x1536', '1536x1024', 'auto']

type Pixels = { readonly width: number; readonly height: number }

export function presetSize(size: unknown): Pixels | Refusal {
  if (typeof size !== 'string' || !presets.includes(size)) {
    return badSize(`Invalid value: '${String(size)}'. Supported values are: ${quoted(presets)}.`)
  }
  return pixelsOf(size) ?? { width: 1024, height: 1024 }
}

/** How many frames of an animation lie side by side and above each other on the sheet that the limits are for. */
export function sheetOf(body: Readonly<Record<string, unknown>>): readonly [number, number] {
  if (body['output_format'] !== 'gif') return [1, 1]
  const frames = Number(body['frame_count'] ?? 9)
  if (frames <= 8) return [4, 2]
  if (frames <= 9) return [3, 3]
  return frames <= 12 ? [4, 3] : [4, 4]
}

export function freeSize(
  size: unknown,
  [columns, rows]: readonly [number, number] = [1, 1],
): Pixels | Refusal {
  if (size === 'auto') return { width: 1024, height: 1024 }
  const pixels = pixelsOf(String(size))
  const bad = (rule: string): Refusal => badSize(`Invalid size '${String(size)}'. ${rule}`)
  if (pixels === undefined) return bad('Expected WIDTHxHEIGHT or auto.')
  const [width, height] = [pixels.width * columns, pixels.height * rows]
  const area = width * height
  if (width % 16 !== 0 || height % 16 !== 0) {
    return bad('Width and height must both be divisible by 16.')
  }
  if (Math.max(width, height) > 3840) return bad('The longest edge must be at most 3840.')
  if (Math.max(width, height) > 3 * Math.min(width, height)) {
    return bad('The aspect ratio must be at most 3:1.')
  }
  if (area < 655_360 || area > 8_294_400) {
    return bad('The image must have between 655360 and 8294400 pixels.')
  }
  return pixels
}

export function pixelsOf(size: string): Pixels | undefined {
  const [, width, height] = /^([1-9]\d*)x([1-9]\d*)$/.exec(size) ?? []
  return width === undefined ? undefined : { width: Number(width), height: Number(height) }
}

function badSize(message: string): Refusal {
  const error = {
    message,
    type: 'image_generation_user_error',
    param: 'size',
    code: 'invalid_value',
  }
  return { status: 400, error }
}
