import mdx from '@mdx-js/rollup'
import { reactRouter } from '@react-router/dev/vite'
import remarkFrontmatter from 'remark-frontmatter'
import remarkGfm from 'remark-gfm'
import { defineConfig } from 'vite'
import imprompt from 'vite-plugin-imprompt'

export default defineConfig({
  base: process.env.BASE,
  plugins: [imprompt(), mdx({ remarkPlugins: [remarkGfm, remarkFrontmatter] }), reactRouter()],
})
