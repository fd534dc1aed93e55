import imprompt from 'vite-plugin-imprompt'
import { defineConfig } from 'vite'
import { pages } from './site/pages.ts'

export default defineConfig({
  appType: 'mpa',
  plugins: [imprompt(), pages()],
  build: { rolldownOptions: { checks: { pluginTimings: false } } },
})
