import { isDeepStrictEqual } from 'node:util'
import { patch, stringify } from '@decimalturn/toml-patch'
import { frontMatterBlockOf } from './block.ts'
import type { Replacement } from './picture-url.ts'
import { quoted } from './quoted.ts'
import { readToml } from './read-toml.ts'
import type { TextEdit } from './text-edit.ts'
import { editBetween, edited, inOrder } from './text-edit.ts'
import { tomlDataOf } from './toml-data.ts'
import type { Written } from './value.ts'
import { withUrls } from './with-urls.ts'

/** Letters of a text that is patched: the work grows with their square. */
const maxPatched = 50_000

/** Puts URLs in the place of TOML's values; the lines of one that has no braces may lie far apart. */
export function tomlEdits(
  text: string,
  replacements: readonly Replacement[],
  root: Written,
): readonly TextEdit[] {
  const isEnclosed = ({ value }: Replacement): boolean =>
    value.kind === 'scalar' || text[value.start] === '{'
  const edits = inOrder(
    replacements.filter(isEnclosed).map(({ url, value: { start, end } }) => {
      return { start, end, text: quoted(url, text.slice(start, end)) }
    }),
  )
  if (edits.length === replacements.length) return edits
  const wanted = withUrls(tomlDataOf(root), replacements)
  return [editBetween(text, rewritten(edited(text, edits), wanted))]
}

/**
 * Writes data, in the words of a text where that can be. The patch keeps comments and order, but knows not all of TOML
 * and at times puts a table into the wrong one of a list; then all is written anew, as is what is very long.
 */
function rewritten(text: string, wanted: unknown): string {
  const newLine = text.includes('\r\n') ? '\r\n' : '\n'
  const patched = patchOf(text, wanted)
  if (patched !== undefined && isTomlOf(wanted, patched)) return patched
  const anew = stringify(wanted, { newLine })
  if (isTomlOf(wanted, anew)) return anew
  throw new Error('The front matter could not be written with the URLs of its pictures')
}

function patchOf(text: string, wanted: unknown): string | undefined {
  if (text.length > maxPatched) return undefined
  try {
    return patch(text, wanted)
  } catch {
    // It throws plain errors, of which any says only that this way leads nowhere.
    return undefined
  }
}

/** Whether a text holds the very data, and can stand between fences. */
function isTomlOf(data: unknown, text: string): boolean {
  const isWhole = frontMatterBlockOf(`+++\n${text}+++\n`)?.text === text
  const reading = readToml(text)
  return isWhole && 'root' in reading && isDeepStrictEqual(tomlDataOf(reading.root), data)
}
