import { parse, preprocess } from 'micromark'
import { subtokenize } from 'micromark-util-subtokenize'
import type { Event, Extension, Token } from 'micromark-util-types'
import { dialectOf } from './dialect.ts'
import { genDirective } from './syntax.ts'

const byteOrderMark = '\uFEFF'
const imageOpening = '!['

/** A file to be tokenised, and what is looked for in it. */
export interface Tokenizing {
  readonly source: string
  /** Its extension `.mdx` asks for MDX. */
  readonly file: string
  /** Text that holds none of them stays as it is. */
  readonly openings: readonly string[]
  /** Syntax that is tried after that of directives, and before that of the file. */
  readonly extensions?: readonly Extension[]
}

/**
 * The events of micromark for a file. Offsets count in `source`; a byte order mark is no column of the first line.
 *
 * @throws VFileMessage where MDX has a syntax error in its blocks or in text with an opening; its `place` says where.
 */
export function tokenize(asked: Tokenizing): readonly Event[] {
  const { source, file, openings, extensions = [] } = asked
  const offset = source.startsWith(byteOrderMark) ? byteOrderMark.length : 0
  const tokenizer = parse({
    extensions: [...dialectOf(file), ...extensions, genDirective()],
  }).document({ line: 1, column: 1, offset })
  const events = tokenizer.write(preprocess()(source, undefined, true))
  do leavePlainText(events, openings)
  while (!subtokenize(events))
  return events
}

/**
 * Leaves text as it is that cannot hold a directive, which micromark's own `postprocess` would tokenise: most of a
 * document is such text, and reading it is half of the work of a parse.
 */
function leavePlainText(events: readonly Event[], openings: readonly string[]): void {
  for (const [edge, token, context] of events) {
    if (edge !== 'enter' || token.previous !== undefined) continue
    const isText = token.contentType === 'text' || token.contentType === 'string'
    if (!isText) continue
    const lines = linesOf(token)
    if (lines.some((line) => holds(context.sliceSerialize(line), openings))) continue
    for (const line of lines) delete line.contentType
  }
}

function holds(line: string, openings: readonly string[]): boolean {
  return line.includes(imageOpening) && openings.some((one) => line.includes(one))
}

/** Text that spans lines is a chain of tokens, one a line, without the prefixes of its containers. */
function linesOf(first: Token): readonly Token[] {
  const lines: Token[] = []
  for (let line: Token | undefined = first; line !== undefined; line = line.next) lines.push(line)
  return lines
}
