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

/** Whether two letters changed places, which is one slip and counts as two. */
function isSwapOf(name: string, other: string): boolean {
  return distance(name, other) === 2 && lettersOf(name) === lettersOf(other)
}

function lettersOf(text: string): string {
  return [...text].toSorted().join('')
}
