import vue from '@vitejs/plugin-vue'
import Markdown from 'unplugin-vue-markdown/vite'
import { defineConfig } from 'vite'
import imprompt from 'vite-plugin-imprompt'

export default defineConfig({
  base: process.env.BASE ?? '/',
  plugins: [imprompt(), vue({ include: [/\.vue$/, /\.md$/] }), Markdown({ headEnabled: false })],
})
