import { location } from 'vfile-location'
import type { Place } from '../../ports.ts'
import type { Problem } from '../../problem.ts'
import type { Directive, Page } from '../directive.ts'
import { frontMatterBlockOf } from './block.ts'
import { directivesIn } from './directives-in.ts'
import { frontMatterEdits } from './edits.ts'
import { mayHoldInFrontMatter } from './may-hold.ts'
import { pageOf } from './page.ts'
import { readBlock } from './read-block.ts'
import { edited } from './text-edit.ts'

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
  const isSpoilt = block.text.includes('&') && isSpoiltBy(directives, source)
  if (!isSpoilt) return { directives, page, problems: [] }
  const place = directives[0]?.place ?? placeOf(0)
  const problem = { kind: 'front-matter-unreadable', cause: spoilt, place } as const
  return { directives: [], page, problems: [problem] }
}

const spoilt =
  'with an address in place of a picture, what is used elsewhere by an anchor would be gone; write it out there'

/** Whether front matter would not be valid any more: an anchor goes with a value, or what is merged is no mapping. */
function isSpoiltBy(directives: readonly Directive[], source: string): boolean {
  const urls = directives.map(({ path = [] }) => ({ path, url: '/a' }))
  const block = frontMatterBlockOf(edited(source, frontMatterEdits(source, urls)))
  if (block?.format !== 'yaml') return false
  const names = directives.flatMap(
    ({ start }) => /&(\S+)\s+$/.exec(source.slice(Math.max(0, start - 200), start))?.[1] ?? [],
  )
  const merged = [...block.text.matchAll(/<<["']?\s*:[^\n]*/g)].map(([text]) => text)
  const isMerged = names.some((name) => merged.some((text) => text.includes(`*${name}`)))
  return isMerged || 'fault' in readBlock(block)
}
