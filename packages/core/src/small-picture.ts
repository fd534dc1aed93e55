import { ImpromptError } from './error.ts'
import { encoderFor } from './optimise/encode.ts'
import type { Optimiser } from './optimise/optimiser.ts'
import { type PictureSource, mediaTypeOf, thumbnailOf } from './optimise/picture.ts'
import type { Size } from './ports.ts'

/** A small file of a picture, and an address that holds it. */
export interface SmallPicture extends Size {
  readonly bytes: Uint8Array
  /** Of the scheme `data`. */
  readonly url: string
}

/**
 * Makes a small file of a picture, or finds it. Answers nothing where its original cannot be read.
 * @param box Most pixels that it has. @default those of a gallery
 */
export async function smallPicture(
  source: PictureSource,
  optimiser: Optimiser,
  box?: Size,
): Promise<SmallPicture | undefined> {
  const variant = thumbnailOf(source, encoderFor(source), box)
  const { width, height, format } = variant
  try {
    const bytes = await optimiser.bytesOf({ source }, variant)
    const url = `data:${mediaTypeOf(format)};base64,${Buffer.from(bytes).toString('base64')}`
    return { bytes, url, width, height }
  } catch (cause) {
    // `imprompt verify` tells what ails an original; whoever shows many goes without it.
    if (cause instanceof ImpromptError) return undefined
    throw cause
  }
}
