import rehypeStringify from 'rehype-stringify'
import remarkFrontmatter from 'remark-frontmatter'
import remarkGfm from 'remark-gfm'
import remarkImprompt from 'remark-imprompt'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'

export const processor = unified()
  .use(remarkParse)
  .use(remarkFrontmatter)
  .use(remarkGfm)
  .use(remarkImprompt, {
    assets: { dir: 'dist/pictures', base: `${process.env.BASE ?? '/'}pictures/` },
  })
  .use(remarkRehype)
  .use(rehypeStringify)
