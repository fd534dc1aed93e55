import { parse as parseToml } from 'smol-toml'
import { expect } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { frontMatterBlockOf } from '../../../../packages/core/src/directive/front-matter/block.ts'
import { frontMatterEdits } from '../../../../packages/core/src/directive/front-matter/edits.ts'
import { readFrontMatter } from '../../../../packages/core/src/directive/front-matter/front-matter.ts'
import type { PictureUrl } from '../../../../packages/core/src/directive/front-matter/picture-url.ts'
import { withUrls } from '../../../../packages/core/src/directive/front-matter/with-urls.ts'

/** What a parser of a host makes of a file's front matter. */
export function dataOf(source: string): unknown {
  const block = frontMatterBlockOf(source)
  if (block === undefined) throw new Error(`No front matter: ${JSON.stringify(source)}`)
  return block.format === 'toml' ? parseToml(withLineFeeds(block.text)) : parseYaml(block.text)
}

/** TOML leaves it to its parsers which line ends a text has. */
function withLineFeeds(text: string): string {
  return text.replaceAll('\r\n', '\n')
}

/** A URL such as `/0.webp` for every directive of a file. */
export function urlsFor(source: string): readonly PictureUrl[] {
  const directives = readFrontMatter(source, 'fox.md')?.directives ?? []
  return directives.map(({ path = [] }, index) => ({ path, url: `/${index}.webp` }))
}

/** The file with the URLs in it. */
export function replaced(source: string, urls = urlsFor(source)): string {
  return frontMatterEdits(source, urls).reduceRight(
    (text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end),
    source,
  )
}

/** Expects that a parser finds the URLs in the place of the directives, and all else as it was. */
export function expectOnlyUrls(source: string): void {
  const urls = urlsFor(source)
  expect(urls).not.toEqual([])
  expect(dataOf(replaced(source))).toEqual(withUrls(dataOf(source), urls))
}

/** Expects that each edit replaces the text of one directive, so that all other text is kept. */
export function expectExactEdits(source: string): void {
  const directives = readFrontMatter(source, 'fox.md')?.directives ?? []
  const spans = directives.map(({ start, end }) => [start, end])
  const edits = frontMatterEdits(source, urlsFor(source))
  expect(edits.map(({ start, end }) => [start, end])).toEqual(spans)
}
