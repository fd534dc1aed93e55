import type { Problem } from '../problem.ts'
import { directivesIn } from './collect.ts'
import type { Directive } from './directive.ts'
import { mistakesIn } from './mistakes.ts'
import { opening, openings } from './opening.ts'
import { recordOpenings } from './record.ts'
import type { Opening } from './record.ts'
import { tokenize } from './tokenize.ts'

/** What a Markdown text asks for, and where it seems to ask and does not. */
export interface MarkdownContent {
  readonly directives: readonly Directive[]
  readonly problems: readonly Problem[]
}

/**
 * Every directive of a Markdown file, in its order. `file` becomes the file of each place, and its extension `.mdx`
 * asks for MDX. Offsets count in `source`; a byte order mark is no column of the first line.
 *
 * @throws VFileMessage where MDX has a syntax error in its blocks or beside a directive; its `place` says where.
 */
export function scan(source: string, file: string): readonly Directive[] {
  return mayHoldDirective(source) ? parseDirectives(source, file) : []
}

/** Text without a match holds no directive, be it in Markdown or in front matter. */
export const mayAskForPictures: RegExp = /\bgen\b/i

/** Whether a parse could find a directive in the text. */
export function mayHoldDirective(source: string): boolean {
  return source.includes(opening)
}

/** What `scan` answers, without its short cut for text that holds none. */
export function parseDirectives(source: string, file: string): readonly Directive[] {
  return directivesIn(tokenize({ source, file, openings: [opening] }), file)
}

/**
 * Every directive of the Markdown text, as `scan` answers them, and every place where one was begun and not finished or
 * misspelt.
 *
 * @throws VFileMessage as `scan` does, and beside what only seems to be a directive.
 */
export function readMarkdown(source: string, file: string): MarkdownContent {
  if (!openings.some((one) => source.includes(one))) return { directives: [], problems: [] }
  const begun: Opening[] = []
  const recorder = recordOpenings((one) => begun.push(one))
  const events = tokenize({ source, file, openings, extensions: [recorder] })
  return {
    directives: directivesIn(events, file),
    problems: mistakesIn({ source, file, events, begun }),
  }
}
