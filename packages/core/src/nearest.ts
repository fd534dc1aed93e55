import { closest, distance } from 'fastest-levenshtein'

/**
 * Of several names the one that was probably meant, whatever its case; nothing where more than half of it would have to
 * change, or two letters to change places.
 */
export function nearestOf(name: string, known: readonly string[]): string | undefined {
  const lower = name.toLowerCase()
  const same = known.find((one) => one.toLowerCase() === lower)
  if (same !== undefined || known.length === 0) return same
  const nearest = closest(lower, known)
  if (distance(lower, nearest) * 2 <= lower.length) return nearest
  return known.find((one) => isSwapOf(lower, one.toLowerCase()))
}

/** The name that was probably meant, to stand behind a fault; empty where there is none. */
export function didYouMean(nearest: string | undefined): string {
  return nearest === undefined ? '' : `, did you mean \`${nearest}\``
}

/** Whether two letters changed places, which is one slip and counts as two. */
function isSwapOf(name: string, other: string): boolean {
  return distance(name, other) === 2 && lettersOf(name) === lettersOf(other)
}

function lettersOf(text: string): string {
  return [...text].toSorted().join('')
}
