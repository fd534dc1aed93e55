import { type PictureUrl, rewrittenFrontMatter } from '@imprompt/core'
import type { Root } from 'mdast'
import type { VFile } from 'vfile'

/** Puts addresses in the place of directives in the node that `remark-frontmatter` made of the front matter. */
export function replaceInMatter(tree: Root, file: VFile, urls: readonly PictureUrl[]): void {
  const [node] = tree.children
  const { type }: { readonly type?: string } = node ?? {}
  if (urls.length === 0 || node === undefined || (type !== 'yaml' && type !== 'toml')) return
  const value = rewrittenFrontMatter(String(file), urls)
  if (value !== undefined) Object.assign(node, { value })
}
