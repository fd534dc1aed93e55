import MarkdownIt from 'markdown-it'
import anchor from 'markdown-it-anchor'
import rehypeSlug from 'rehype-slug'
import rehypeStringify from 'rehype-stringify'
import remarkRehype from 'remark-rehype'
import { expect, test } from 'vitest'
import { scan } from '../../../packages/core/src/directive/scan.ts'
import { directivesIn, markdown, type Root } from './processor.ts'

const source =
  '# A ![gen: red fox](size=1x1, alt="An owl") day\n\n## ![gen: red fox][r] Night\n\n[r]: <alt="An owl">\n'
const picture = '<picture><source srcset="/a.avif"><img src="/a.png" alt="An owl"></picture>'

/** What a host makes of the source before it is compiled. */
const rewritten = scan(source, 'fox.md').reduceRight(
  (text, { start, end }) => text.slice(0, start) + picture + text.slice(end),
  source,
)

const inTree = markdown()
  .use(() => showPictures)
  .use(remarkRehype)
  .use(rehypeSlug)
  .use(rehypeStringify)
const inSource = markdown()
  .use(remarkRehype, { allowDangerousHtml: true })
  .use(rehypeSlug)
  .use(rehypeStringify, { allowDangerousHtml: true })

test.for([
  ['pictures in the tree of remark', (): string => String(inTree.processSync(source))],
  ['pictures in the source of remark', (): string => String(inSource.processSync(rewritten))],
  [
    'pictures in the source of markdown-it',
    (): string => new MarkdownIt({ html: true }).use(anchor).render(rewritten),
  ],
] as const)('the anchor of a heading holds no prompt, with %s', ([, render]) => {
  const html = render()
  const ids = [...html.matchAll(/<h\d id="([^"]*)"/g)].map(([, id]) => id)
  expect(ids.map((id) => id?.replaceAll(/-+/g, '-'))).toEqual([
    'a-day',
    expect.stringMatching(/^-?night$/),
  ])
  expect(html.match(/<img [^>]*alt="An owl"/g)).toHaveLength(2)
  expect(html).not.toMatch(/red|fox/)
})

function showPictures(tree: Root): void {
  const image = {
    type: 'element',
    tagName: 'img',
    properties: { alt: 'An owl' },
    children: [],
  } as const
  for (const node of directivesIn(tree)) {
    node.data = { hName: 'picture', hChildren: [{ ...image, children: [] }] }
  }
}
