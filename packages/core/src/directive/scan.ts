import { parse, postprocess, preprocess } from 'micromark'
import type { Event, Point } from 'micromark-util-types'
import { readAttribute } from './attribute.ts'
import { dialectOf } from './dialect.ts'
import type { Directive, RawAttribute } from './directive.ts'
import { genDirective } from './syntax.ts'

const byteOrderMark = '\uFEFF'

/**
 * Every directive of a Markdown file, in its order. `file` becomes the file of each place, and its extension `.mdx`
 * asks for MDX. Offsets count in `source`; a byte order mark is no column of the first line.
 *
 * @throws VFileMessage where MDX has a syntax error; its `place` says where.
 */
export function scan(source: string, file: string): readonly Directive[] {
  return mayHoldDirective(source) ? parseDirectives(source, file) : []
}

/** Whether a parse could find a directive in the text. */
export function mayHoldDirective(source: string): boolean {
  return source.includes('![gen:')
}

/** What `scan` answers, without its short cut for text that holds none. */
export function parseDirectives(source: string, file: string): readonly Directive[] {
  const offset = source.startsWith(byteOrderMark) ? byteOrderMark.length : 0
  const tokenizer = parse({ extensions: [...dialectOf(file), genDirective()] }).document({
    line: 1,
    column: 1,
    offset,
  })
  return directivesIn(postprocess(tokenizer.write(preprocess()(source, undefined, true))), file)
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
