import { parse, preprocess } from 'micromark'
import { subtokenize } from 'micromark-util-subtokenize'
import type { Event, Point, Token } from 'micromark-util-types'
import { readAttribute } from './attribute.ts'
import { dialectOf } from './dialect.ts'
import type { Directive, RawAttribute } from './directive.ts'
import { genDirective } from './syntax.ts'

const byteOrderMark = '\uFEFF'
const opening = '![gen:'

/**
 * Every directive of a Markdown file, in its order. `file` becomes the file of each place, and its extension `.mdx`
 * asks for MDX. Offsets count in `source`; a byte order mark is no column of the first line.
 *
 * @throws VFileMessage where MDX has a syntax error in its blocks or beside a directive; its `place` says where.
 */
export function scan(source: string, file: string): readonly Directive[] {
  return mayHoldDirective(source) ? parseDirectives(source, file) : []
}

/** Whether a parse could find a directive in the text. */
export function mayHoldDirective(source: string): boolean {
  return source.includes(opening)
}

/** What `scan` answers, without its short cut for text that holds none. */
export function parseDirectives(source: string, file: string): readonly Directive[] {
  const offset = source.startsWith(byteOrderMark) ? byteOrderMark.length : 0
  const tokenizer = parse({ extensions: [...dialectOf(file), genDirective()] }).document({
    line: 1,
    column: 1,
    offset,
  })
  return directivesIn(tokenized(tokenizer.write(preprocess()(source, undefined, true))), file)
}

/**
 * Tokenises what blocks hold, as micromark's own `postprocess` does, but leaves text as it is that cannot hold a
 * directive: most of a document is such text, and reading it is half of the work of a parse.
 */
function tokenized(events: Event[]): readonly Event[] {
  do leavePlainText(events)
  while (!subtokenize(events))
  return events
}

function leavePlainText(events: readonly Event[]): void {
  for (const [edge, token, context] of events) {
    if (edge !== 'enter' || token.previous !== undefined) continue
    const isText = token.contentType === 'text' || token.contentType === 'string'
    if (!isText) continue
    const lines = linesOf(token)
    if (lines.some((line) => context.sliceSerialize(line).includes(opening))) continue
    for (const line of lines) delete line.contentType
  }
}

/** Text that spans lines is a chain of tokens, one a line, without the prefixes of its containers. */
function linesOf(first: Token): readonly Token[] {
  const lines: Token[] = []
  for (let line: Token | undefined = first; line !== undefined; line = line.next) lines.push(line)
  return lines
}

function directivesIn(events: readonly Event[], file: string): readonly Directive[] {
  const directives: Directive[] = []
  let prompt = ''
  let attributes: RawAttribute[] = []
  let images = 0

  for (const [edge, token, context] of events) {
    const isEnter = edge === 'enter'
    // The label of an image is its alternative text, which shows no pictures.
    if (token.type === 'image') images += isEnter ? 1 : -1
    else if (isEnter) continue
    else if (token.type === 'genDirectivePrompt') prompt = context.sliceSerialize(token)
    else if (token.type === 'genDirectiveAttribute') {
      const place = placeOf(token.start, file)
      attributes.push({ ...readAttribute(context.sliceSerialize(token)), place })
    } else if (token.type === 'genDirective') {
      const { start, end } = token
      const place = placeOf(start, file)
      const found = { prompt, attributes, place, start: start.offset, end: end.offset }
      if (images === 0) directives.push(found)
      prompt = ''
      attributes = []
    }
  }
  return directives
}

function placeOf({ line, column }: Point, file: string): Directive['place'] {
  return { file, line, column }
}
