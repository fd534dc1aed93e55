import { frontmatter } from 'micromark-extension-frontmatter'
import { gfm } from 'micromark-extension-gfm'
import { mdxjs } from 'micromark-extension-mdxjs'
import type { Extension } from 'micromark-util-types'

/** The Markdown that a file is written in, but for our own syntax: front matter, GFM, and MDX in `.mdx` files. */
export function dialectOf(file: string): Extension[] {
  const common = [frontmatter(['yaml', 'toml']), gfm()]
  return /\.mdx$/i.test(file) ? [...common, mdxjs()] : common
}
