import mdx from '@mdx-js/rollup'
import react from '@vitejs/plugin-react'
import remarkFrontmatter from 'remark-frontmatter'
import remarkGfm from 'remark-gfm'
import vike from 'vike/plugin'
import { defineConfig } from 'vite'
import imprompt from 'vite-plugin-imprompt'

export default defineConfig({
  base: process.env.BASE,
  plugins: [imprompt(), vike(), mdx({ remarkPlugins: [remarkGfm, remarkFrontmatter] }), react()],
})
