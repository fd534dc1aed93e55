import type { Place } from './ports.ts'

/** `posts/fox.md:12:1`, as editors and terminals make a link of it; a field of a configuration follows. */
export function describePlace({ file, line, column, field }: Place): string {
  return `${file}:${line}:${column}${field === undefined ? '' : ` ${field}`}`
}
