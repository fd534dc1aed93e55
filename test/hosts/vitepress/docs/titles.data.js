import { createContentLoader } from 'vitepress'

export default createContentLoader('posts/*.md', {
  transform: (pages) =>
    pages.map(({ frontmatter: { title, cover }, url }) => ({ title, cover, url })),
})
