import type { Element, Root } from 'hast'
import rehypeRaw from 'rehype-raw'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'
import { VFile } from 'vfile'
import { matter } from 'vfile-matter'
import { figures, pictureIn } from './figures.ts'

/** A Markdown file as a page shows it. */
export interface Article {
  readonly body: Root
  /** The first picture, which stands on the post's card too. */
  readonly cover?: Element
}

/** Compiles Markdown in which every picture is in place already, as raw HTML. */
export async function articleOf(markdown: string): Promise<Article> {
  const document = new VFile(markdown)
  matter(document, { strip: true })
  const body = figures(await compiler.run(compiler.parse(document)))
  const cover = pictureIn(body)
  return cover === undefined ? { body } : { body, cover }
}

const compiler = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkRehype, { allowDangerousHtml: true })
  .use(rehypeRaw)
  .freeze()
