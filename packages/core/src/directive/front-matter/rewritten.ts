import { frontMatterBlockOf } from './block.ts'
import { frontMatterEdits } from './edits.ts'
import type { PictureUrl } from './picture-url.ts'
import { edited } from './text-edit.ts'

/**
 * The text between the fences of a file's front matter with each URL in the place of the directive at its path, without
 * its last line end: what a tree of Markdown keeps. Nothing where the file has none.
 */
export function rewrittenFrontMatter(
  source: string,
  urls: readonly PictureUrl[],
): string | undefined {
  const text = edited(source, frontMatterEdits(source, urls))
  return frontMatterBlockOf(text)?.text.replace(/(?:\r\n|\n|\r)$/, '')
}
