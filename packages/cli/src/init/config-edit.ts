import type MagicString from 'magic-string'
import { type ConfigSource, spanOf } from './config-source.ts'
import { type Handwriting, handwritingOf } from './handwriting.ts'
import type { Exported } from './plugin-import.ts'

/** What becomes of a configuration file of a host. */
export type ConfigEdit =
  | { readonly kind: 'there' }
  | { readonly kind: 'changed'; readonly source: string }
  /** Nobody but a person should change it. */
  | { readonly kind: 'by-hand'; readonly reason: string }

/** A line that imports something. */
export function importLine(
  { from, name, local }: Exported,
  { quote, semicolon }: Handwriting,
): string {
  const names =
    name === 'default' ? local : name === local ? `{ ${name} }` : `{ ${name} as ${local} }`
  return `import ${names} from ${quote}${from}${quote}${semicolon}`
}

/** Adds an import after those that there are, or else before the first statement and what is said of that. */
export function addImport(exported: Exported, config: ConfigSource, edits: MagicString): void {
  const hand = handwritingOf(config)
  const line = importLine(exported, hand)
  const last = config.program.body.findLast(({ type }) => type === 'ImportDeclaration')
  if (last === undefined)
    edits.appendLeft(startOfCode(config), `${line}${hand.lineEnd}${hand.lineEnd}`)
  else edits.appendRight(endOfLine(config.source, spanOf(last).end), `${hand.lineEnd}${line}`)
}

/** What stands behind an import on its line says something of it. */
function endOfLine(source: string, offset: number): number {
  const rest = /^[^\S\n]*(?:\/\/[^\r\n]*)?/.exec(source.slice(offset))?.[0] ?? ''
  return rest.includes('//') ? offset + rest.length : offset
}

/** A comment right above the first statement, such as a type of JSDoc, speaks of that; one at the head of the file does not. */
function startOfCode({ source, program, comments }: ConfigSource): number {
  const [first] = program.body
  if (first === undefined) return source.length
  const { start } = spanOf(first)
  const above = comments.findLast((one) => (one.end ?? 0) <= start)
  if (above?.type !== 'CommentBlock') return start
  return above.start ?? start
}
