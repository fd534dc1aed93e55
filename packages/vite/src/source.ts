import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import {
  type Manuscript,
  type Scene,
  type TextEdit,
  exhibit,
  notPlanned,
  rewrite,
} from '@imprompt/core'
import MagicString, { type SourceMap } from 'magic-string'

const markdown = /\.(?:md|mdx|markdown|svx)$/

/** The file of a module id, without its query; nothing where it is not Markdown. */
export function markdownFile(id: string): string | undefined {
  const file = id.split(/[?#]/, 1)[0] ?? ''
  return markdown.test(file) ? file : undefined
}

/** Whether a module is Markdown as a string, which some page compiles by itself. */
export function isRaw(id: string): boolean {
  return /[?&]raw(?:&|=|$)/.test(id)
}

/**
 * Whether a plugin before ours has made a script of a Markdown file: its text is no more what its author wrote, and has
 * a script's exports.
 */
export async function isCompiled(code: string, file: string): Promise<boolean> {
  if (!/^\s*(?:export\s+default|export\s*\{|import\s)/m.test(code)) return false
  const written = await readFile(file, 'utf8').catch(() => code)
  return written !== code && !code.includes(written.slice(-40))
}

/** Whether a module asks for the form of pictures that feeds want: `?raw&markup=img`. */
export function isForFeed(id: string): boolean {
  return /[?&]markup=img(?:&|$)/.test(id)
}

/**
 * Puts pictures in the place of a file's directives; nothing where it has none.
 * @throws `PICTURE_NOT_PLANNED` where a directive's file lies outside the content that was scanned
 */
export async function rewriteSource(
  manuscript: Manuscript,
  scene: Scene,
): Promise<{ readonly code: string; readonly map: SourceMap } | undefined> {
  const exhibits = await exhibit(manuscript.directives, scene, manuscript.markup)
  const { edits, missing } = rewrite(manuscript, (directive) => exhibits.get(directive))
  const [lost] = missing
  if (lost !== undefined) throw notPlanned(lost)
  if (edits.length === 0) return undefined
  const text = new MagicString(manuscript.source)
  for (const { start, end, text: replacement } of edits)
    if (start === end) text.appendLeft(start, replacement)
    else text.overwrite(start, end, replacement)
  const map = text.generateMap({ hires: 'boundary', source: basename(manuscript.file) })
  // A map that is published along with the site tells no prompts.
  map.sourcesContent = [blanked(manuscript.source, edits)]
  return { code: text.toString(), map }
}

/** A text with nothing but dots where it is edited, so that every place in it stays where it is. */
function blanked(source: string, edits: readonly TextEdit[]): string {
  const text = new MagicString(source)
  for (const { start, end } of edits)
    if (start !== end) text.overwrite(start, end, source.slice(start, end).replaceAll(/\S/g, '·'))
  return text.toString()
}
