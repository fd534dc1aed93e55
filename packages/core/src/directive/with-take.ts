import type { Directive } from './directive.ts'

/**
 * The text of a file in which a directive asks for another take; the first is what one asks for that names none, so that it
 * finds again what stood there before. Answers nothing where its attributes do not stand between
 * parentheses of its own, as those of a front matter, a configuration or a definition.
 * @param source The text that the directive was read from.
 */
export function withTake(source: string, directive: Directive, take: number): string | undefined {
  const { attributes, path, place, start, end } = directive
  const isOwn = path === undefined && place.field === undefined
  if (!isOwn || source[start] !== '!' || source[end - 1] !== ')') return undefined
  const text = source.slice(start, end)
  const former = attributes.find(({ name }) => name === 'take')
  if (former === undefined) {
    if (take === 1) return source
    const separator = attributes.length === 0 ? '' : ', '
    const kept = text.slice(0, -1).trimEnd()
    return `${source.slice(0, start)}${kept}${separator}take=${take})${source.slice(end)}`
  }
  const quote = former.quote ?? ''
  const written = `take=${quote}${former.value ?? ''}${quote}`
  const at = text.lastIndexOf(written)
  if (at < 0) return undefined
  const before = text.slice(0, at)
  const rest = text.slice(at + written.length)
  const changed = take === 1 ? joined(before, rest) : `${before}take=${take}${rest}`
  return source.slice(0, start) + changed + source.slice(end)
}

/** What stands on both sides of the attribute, without what parts it from one of them; with it, where it begins a line. */
function joined(before: string, rest: string): string {
  if (before.trimEnd().endsWith('(')) return before + rest.replace(/^[,\s]+/, '')
  if (/\n[ \t>]*$/.test(before)) return `${before}take=1${rest}`
  return before.replace(/[,\s]+$/, '') + rest
}
