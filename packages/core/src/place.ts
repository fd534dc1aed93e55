import type { Place } from './ports.ts'

/** `posts/fox.md:12:1`, as editors and terminals make a link of it. */
export function describePlace(place: Place): string {
  return `${place.file}:${place.line}:${place.column}`
}
