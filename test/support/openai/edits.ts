/** What the pictures of an edit have to be. */

import sharp from 'sharp'

import type { Upload } from './route.ts'
import { invalid, type Refusal } from './refusal.ts'

const types = ['image/png', 'image/jpeg', 'image/webp'] as const

/** The refusal of the files of an edit; nothing where they are in order. */
export async function judgeUploads(
  uploads: readonly Upload[],
  most: number,
): Promise<Refusal | undefined> {
  const images = uploads.filter(({ field }) => field === 'image' || field === 'image[]')
  const mask = uploads.find(({ field }) => field === 'mask')
  const stray = uploads.find(({ field }) => !/^(?:image(?:\[\])?|mask)$/.test(field))
  if (stray !== undefined) {
    return invalid(`Unknown parameter: '${stray.field}'.`, stray.field, 'unknown_parameter')
  }
  const [first] = images
  if (first === undefined) {
    return invalid("Missing required parameter: 'image'.", 'image', 'missing_required_parameter')
  }
  if (images.length > most) return invalid(`Expected at most ${most} images.`, 'image')
  const untyped = uploads.find(({ type }) => !types.some((known) => known === type))
  if (untyped !== undefined) {
    const message = `Invalid file '${untyped.field}': unsupported mimetype ('${untyped.type}').`
    return invalid(message, untyped.field, 'unsupported_file_mimetype')
  }
  for (const { bytes, type, field } of uploads) {
    const picture = await sharp(bytes)
      .metadata()
      .catch(() => undefined)
    if (picture === undefined || `image/${picture.format}` !== type)
      return invalid('Invalid image file.', field, 'invalid_image_file')
  }
  return mask === undefined ? undefined : judgeMask(mask, first)
}

/** Pixels of each picture of an edit, the mask aside; none of what is no picture. */
export async function pixelsOf(uploads: readonly Upload[]): Promise<readonly number[]> {
  const images = uploads.filter(({ field }) => field !== 'mask')
  const sizes = images.map(({ bytes }) =>
    sharp(bytes)
      .metadata()
      .catch(() => ({ width: 0, height: 0 })),
  )
  return (await Promise.all(sizes)).map(({ width, height }) => width * height)
}

async function judgeMask(mask: Upload, first: Upload): Promise<Refusal | undefined> {
  if (mask.type !== 'image/png') return invalid('The mask must be a PNG.', 'mask')
  const [own, other] = await Promise.all([
    sharp(mask.bytes).metadata(),
    sharp(first.bytes).metadata(),
  ])
  if (own.width === other.width && own.height === other.height) return undefined
  return invalid('The mask must have the dimensions of the first image.', 'mask')
}
