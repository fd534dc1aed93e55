import { location } from 'vfile-location'
import type { Place } from '../../ports.ts'
import type { Problem } from '../../problem.ts'
import type { Directive, Page } from '../directive.ts'
import { frontMatterBlockOf } from './block.ts'
import { directivesIn } from './directives-in.ts'
import { mayHoldInFrontMatter } from './may-hold.ts'
import { pageOf } from './page.ts'
import { readBlock } from './read-block.ts'

/** What the front matter of a file asks for, and what it says of its page. */
export interface FrontMatter {
  readonly directives: readonly Directive[]
  readonly page: Page
  readonly problems: readonly Problem[]
}

/**
 * Reads the front matter of a file; answers nothing where the file begins with none. A directive's offsets are those
 * of its value. Front matter that cannot be parsed is an empty page, and a problem only where it may ask for a
 * picture: otherwise it is for others to complain of.
 */
export function readFrontMatter(source: string, file: string): FrontMatter | undefined {
  const block = frontMatterBlockOf(source)
  if (block === undefined) return undefined
  const { toPoint } = location(source)
  const placeOf = (offset: number): Place => {
    const { line, column } = toPoint(block.start + offset) ?? { line: 1, column: 1 }
    return { file, line, column }
  }
  const reading = readBlock(block)
  if ('fault' in reading) {
    const { message: cause, offset } = reading.fault
    const problem = { kind: 'front-matter-unreadable', cause, place: placeOf(offset) } as const
    const page = { fields: new Map<string, string>(), isDraft: false }
    return { directives: [], page, problems: mayHoldInFrontMatter(source) ? [problem] : [] }
  }
  const page = pageOf(reading.root)
  const directives = directivesIn(reading.root).map(({ path, value, prompt, attributes }) => ({
    prompt,
    attributes: attributes.map(({ start, ...text }) => ({ ...text, place: placeOf(start) })),
    place: placeOf(value.start),
    start: block.start + value.start,
    end: block.start + value.end,
    path,
    page,
  }))
  return { directives, page, problems: [] }
}
