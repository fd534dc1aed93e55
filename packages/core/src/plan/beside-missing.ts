import { authoredKeyOf } from '../key/key.ts'
import type { Key } from '../ports.ts'
import type { ImageRequest } from '../request/image-request.ts'
import { type FoundImage, isSettled } from './look-up.ts'

/** The images that stay where none is bought that is missing: upgrades, what is stored, and what upgrades are made from. */
export function besideMissing(
  images: readonly FoundImage[],
  upgrades: ReadonlySet<Key>,
): readonly FoundImage[] {
  const bases = new Set(
    images.flatMap(({ key, request }) => (upgrades.has(key) ? basesOf(request) : [])),
  )
  return images.filter((image) => isSettled(image) || isUnreadable(image) || bases.has(image.key))
}

function isUnreadable({ found }: FoundImage): boolean {
  return found.kind === 'unknown' || found.kind === 'damaged'
}

function basesOf({ base }: ImageRequest): readonly Key[] {
  return base === undefined ? [] : [authoredKeyOf(base), ...basesOf(base)]
}
