import { closest, distance } from 'fastest-levenshtein'

/**
 * Of several names the one that was probably meant, whatever its case; nothing where more than half of it would have to
 * change.
 */
export function nearestOf(name: string, known: readonly string[]): string | undefined {
  const lower = name.toLowerCase()
  const same = known.find((one) => one.toLowerCase() === lower)
  if (same !== undefined || known.length === 0) return same
  const nearest = closest(lower, known)
  return distance(lower, nearest) * 2 <= lower.length ? nearest : undefined
}
