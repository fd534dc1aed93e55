import { frontmatter } from 'micromark-extension-frontmatter'
import { gfm } from 'micromark-extension-gfm'
import { mdxjs } from 'micromark-extension-mdxjs'
import type { Extension } from 'micromark-util-types'
import { mathBlocks } from './math.ts'

/**
 * The Markdown that a file is written in, but for our own syntax: front matter, GFM, blocks of math, and MDX
 * in `.mdx` files.
 */
export function dialectOf(file: string): Extension[] {
  const common = [frontmatter(['yaml', 'toml']), gfm(), mathBlocks()]
  return /\.mdx$/i.test(file) ? [...common, mdxjs()] : common
}
