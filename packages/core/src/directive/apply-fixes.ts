import { location } from 'vfile-location'
import type { Fix } from '../problem.ts'

/**
 * Applies fixes to the text that they were found in. One whose text does not stand at its place, or that overlaps one
 * before it, is left out.
 */
export function applyFixes(source: string, fixes: readonly Fix[]): string {
  const { toOffset } = location(source)
  const edits = fixes
    .flatMap(({ place, actual, text }) => {
      const offset = toOffset(place)
      if (offset === undefined) return []
      // A byte order mark is no column of the first line.
      const start = place.line === 1 && source.startsWith('\uFEFF') ? offset + 1 : offset
      return source.startsWith(actual, start) ? [{ start, end: start + actual.length, text }] : []
    })
    .toSorted((one, other) => one.start - other.start)
  let fixed = ''
  let end = 0
  for (const edit of edits) {
    if (edit.start < end) continue
    fixed += source.slice(end, edit.start) + edit.text
    end = edit.end
  }
  return fixed + source.slice(end)
}
