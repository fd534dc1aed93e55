import { inNameOrder } from './attributes.ts'
import type { ImageRequest } from './image-request.ts'
import { nameOf } from './reuse.ts'

/**
 * What shapes a picture beside its prompt and style: files by what they hold, as their paths may change, and the picture
 * that it varies by its name, as pictures of one name are one picture.
 */
export function shapeOf({ explicit, files, base }: ImageRequest): string {
  const texts = inNameOrder(explicit).filter(([name]) => !['ref', 'mask', 'vary'].includes(name))
  return JSON.stringify([texts, [...files], base && nameOf(base)])
}
