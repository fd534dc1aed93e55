import { createContentLoader } from 'vitepress'

export default createContentLoader('posts/*.md', { render: true, excerpt: true, includeSrc: true })
