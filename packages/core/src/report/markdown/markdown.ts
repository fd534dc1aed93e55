import { count } from '../../wording.ts'
import type { Report } from '../report.ts'
import { lengthOf } from './fitted.ts'
import { headlineOf } from './headline.ts'
import { code, prose } from './safe-text.ts'
import { sectionsOf } from './sections.ts'
import type { Prompts } from '../../config/prompts.ts'
import { tablesOf } from './tables.ts'

/** How a report is written as Markdown. */
export interface MarkdownOptions {
  /** How much of each prompt is shown. @default 'excerpt' */
  readonly prompts?: Prompts
  /** Most characters (UTF-16 units) of the document; from 8,000. @default 60_000 */
  readonly limit?: number
  /** Why the build must not go on. Its first line is told: further ones repeat what the report says. */
  readonly failure?: string | undefined
}

/** First line of each document, by which a comment is found again and written anew. */
export const reportTag = '<!-- imprompt-report -->'

/** GitHub takes 65,536 characters for a comment; the rest is for whoever adds a line of their own. */
const maxCharacters = 60_000

/**
 * A report for a comment of a pull request, in the Markdown of GitHub. No text of anybody's breaks its tables, mentions
 * anyone or becomes a link. What is too much is left out of the middle of a table or list, which says how much that is.
 */
export function reportMarkdown(report: Report, options: MarkdownOptions = {}): string {
  const { prompts = 'excerpt', limit = maxCharacters, failure } = options
  const head = [reportTag, '', headlineOf(report), '']
  const reason = failure === undefined ? [] : [`Stopped: ${prose(firstLineOf(failure))}`, '']
  const sections = sectionsOf(report, { prompts, room: Math.floor(limit / 12) })
  const foot = report.content.globs.length === 0 ? [] : [scopeOf(report), '']
  const room = limit - lengthOf(...head, ...reason, ...sections, ...foot)
  const tables = tablesOf(report, { prompts, room })
  return [...head, ...reason, ...tables, ...sections, ...foot].join('\n')
}

function firstLineOf(text: string): string {
  return text.split('\n', 1)[0] ?? ''
}

function scopeOf({ content, totals }: Report): string {
  const globs = content.globs.slice(0, 10).map((glob) => code(glob))
  const images = `${count(totals.images, 'image')} from ${count(totals.directives, 'directive')}`
  return `${images}; looked into ${count(content.files, 'file')} of ${globs.join(', ')}.`
}
