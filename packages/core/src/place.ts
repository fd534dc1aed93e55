import type { Place } from './ports.ts'

/**
 * `posts/fox.md:12:1`, as editors and terminals make a link of it; a field of a configuration and the number of a draft
 * follow.
 */
export function describePlace({ file, line, column, ...more }: Place): string {
  return `${file}:${line}:${column}${placeSuffix(more)}`
}

/** What of a place its file, line and column do not tell. */
export function placeSuffix({ field, draft }: Pick<Place, 'field' | 'draft'>): string {
  const parts = [field, draft === undefined ? undefined : `draft ${draft}`]
  return parts.flatMap((part) => (part === undefined ? [] : [` ${part}`])).join('')
}
