import { withImprompt } from 'markdown-it-imprompt/vitepress'
import { defineConfig } from 'vitepress'

export default withImprompt(
  defineConfig({
    base: process.env.BASE ?? '/',
    title: 'Pictures',
    // The shared directives stand in links to nowhere.
    ignoreDeadLinks: true,
    themeConfig: { search: { provider: 'local' } },
  }),
)
