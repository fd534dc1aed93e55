import type { ConfigSource } from './config-source.ts'
import { spanOf } from './config-source.ts'

/** How a person writes: what is added to a file should look the same. */
export interface Handwriting {
  readonly lineEnd: '\n' | '\r\n'
  readonly quote: "'" | '"'
  readonly semicolon: ';' | ''
  /** One step of indentation. */
  readonly indent: string
}

/** As most templates of hosts are written. */
export const plainHand: Handwriting = { lineEnd: '\n', quote: "'", semicolon: '', indent: '  ' }

/** Reads off a file how it is written. */
export function handwritingOf({ source, program }: ConfigSource): Handwriting {
  const statements = program.body.filter(
    ({ type }) =>
      type === 'ImportDeclaration' ||
      type === 'VariableDeclaration' ||
      type === 'ExportDefaultDeclaration',
  )
  const isClosed = statements.some((node) => source[spanOf(node).end - 1] === ';')
  const [, indent = plainHand.indent] = /^([ \t]+)\S/m.exec(source) ?? []
  return {
    lineEnd: source.includes('\r\n') ? '\r\n' : '\n',
    quote: /['"]/.exec(withoutComments(source))?.[0] === '"' ? '"' : "'",
    semicolon: isClosed ? ';' : '',
    indent,
  }
}

function withoutComments(source: string): string {
  return source.replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, '')
}

/** White space at the beginning of the line on which something stands. */
export function indentationAt(source: string, offset: number): string {
  const line = source.slice(source.lastIndexOf('\n', offset - 1) + 1)
  return /^[ \t]*/.exec(line)?.[0] ?? ''
}
