import { posix, win32 } from 'node:path'
import { placeSuffix } from '../place.ts'
import type { NewImage } from '../plan/budget.ts'
import type { Intent, Place } from '../ports.ts'

/** What the ledger is to tell of an attempt at an image, at the price of the day. */
export type Attempted = Pick<Intent, 'key' | 'place' | 'page' | 'microUsd'> & {
  readonly model: string
  readonly worstMicroUsd: number
}

/** What an attempt at an image is for. A file outside of the project is not told, as its path would name other folders. */
export function attemptedOf({ key, places, request, source }: NewImage): Attempted {
  const { microUsd, worstMicroUsd } = source.estimate
  const [place] = places
  const isTold = place !== undefined && isWithin(place.file)
  return {
    key,
    ...(isTold && { place: textOf(place), page: place.file }),
    model: request.model,
    microUsd,
    worstMicroUsd,
  }
}

/** What a purchase takes the place of, for whoever has to finish it. */
export function replacedBy({ replaces }: NewImage): Pick<Intent, 'replaces'> {
  const sha256 = replaces?.entry.original.sha256
  return sha256 === undefined ? {} : { replaces: sha256 }
}

function isWithin(file: string): boolean {
  return !posix.isAbsolute(file) && !win32.isAbsolute(file) && !file.split('/').includes('..')
}

/** A picture of the configuration is found by its field alone. */
function textOf({ file, line, ...more }: Place): string {
  return `${file}${more.field === undefined ? `:${line}` : ''}${placeSuffix(more)}`
}
