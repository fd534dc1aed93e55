import type { Directive } from './directive.ts'

/**
 * The text of a file in which a directive asks for another take; nothing where its attributes do not stand between
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
    const separator = attributes.length === 0 ? '' : ', '
    const kept = text.slice(0, -1).trimEnd()
    return `${source.slice(0, start)}${kept}${separator}take=${take})${source.slice(end)}`
  }
  const quote = former.quote ?? ''
  const written = `take=${quote}${former.value ?? ''}${quote}`
  const at = text.lastIndexOf(written)
  if (at < 0) return undefined
  const rest = text.slice(at + written.length)
  return `${source.slice(0, start)}${text.slice(0, at)}take=${take}${rest}${source.slice(end)}`
}
