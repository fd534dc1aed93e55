import { frontMatterBlockOf } from './block.ts'
import { directivesIn } from './directives-in.ts'
import type { PictureUrl, Replacement } from './picture-url.ts'
import { readBlock } from './read-block.ts'
import type { TextEdit } from './text-edit.ts'
import { tomlEdits } from './toml-edits.ts'
import { yamlEdits } from './yaml-edits.ts'

/**
 * The edits of a file, in their order, that put each URL in the place of the directive at its path. What is no part of
 * such a value stays as it is, byte for byte; but where TOML's tables and dotted keys make one, lines around it may be
 * written anew. A path that leads to no directive is passed over.
 */
export function frontMatterEdits(source: string, urls: readonly PictureUrl[]): readonly TextEdit[] {
  const block = frontMatterBlockOf(source)
  if (block === undefined || urls.length === 0) return []
  const reading = readBlock(block)
  if ('fault' in reading) return []
  const wanted = new Map(urls.map(({ path, url }) => [JSON.stringify(path), url]))
  const replacements = directivesIn(reading.root).flatMap(({ path, value }): Replacement[] => {
    const url = wanted.get(JSON.stringify(path))
    return url === undefined ? [] : [{ path, url, value }]
  })
  const edits =
    block.format === 'toml'
      ? tomlEdits(block.text, replacements, reading.root)
      : yamlEdits(block.text, replacements, reading.root)
  return edits.map(({ start, end, text }) => ({
    start: block.start + start,
    end: block.start + end,
    text,
  }))
}
