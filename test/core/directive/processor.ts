import remarkDirective from 'remark-directive'
import remarkGfm from 'remark-gfm'
import remarkMdx from 'remark-mdx'
import remarkParse from 'remark-parse'
import remarkStringify from 'remark-stringify'
import { unified } from 'unified'
import type { Processor } from 'unified'
import { genDirectiveFromMarkdown } from '../../../packages/core/src/directive/from-markdown.ts'
import type { GenDirective } from '../../../packages/core/src/directive/from-markdown.ts'
import { genDirective } from '../../../packages/core/src/directive/syntax.ts'
import { genDirectiveToMarkdown } from '../../../packages/core/src/directive/to-markdown.ts'

export type Root = ReturnType<ReturnType<typeof markdown>['parse']>
export type Child = Root['children'][number]

/** remark with GFM and the three extensions, wired by hand. */
export function markdown() {
  return unified().use(remarkParse).use(remarkGfm).use(remarkDirectives).use(remarkStringify)
}

/** The same, for MDX. */
export function mdx() {
  return unified()
    .use(remarkParse)
    .use(remarkGfm)
    .use(remarkMdx)
    .use(remarkDirectives)
    .use(remarkStringify)
}

/** The first, with the syntax of remark-directive before or after ours. */
export function markdownWith(order: 'before' | 'after') {
  const base = unified().use(remarkParse).use(remarkGfm)
  return order === 'before'
    ? base.use(remarkDirective).use(remarkDirectives).use(remarkStringify)
    : base.use(remarkDirectives).use(remarkDirective).use(remarkStringify)
}

export function directivesIn(node: Root | Child): readonly GenDirective[] {
  if (node.type === 'genDirective') return [node]
  return 'children' in node ? node.children.flatMap((child) => directivesIn(child)) : []
}

function remarkDirectives(this: Processor): void {
  const data = this.data()
  data.micromarkExtensions = [...(data.micromarkExtensions ?? []), genDirective()]
  data.fromMarkdownExtensions = [...(data.fromMarkdownExtensions ?? []), genDirectiveFromMarkdown()]
  data.toMarkdownExtensions = [...(data.toMarkdownExtensions ?? []), genDirectiveToMarkdown()]
}
