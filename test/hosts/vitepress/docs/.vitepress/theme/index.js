import { withBase } from 'vitepress'
import DefaultTheme from 'vitepress/theme'
import { h } from 'vue'

const links = { Fifty: '/', Second: '/second', Blog: '/blog' }

export default {
  extends: DefaultTheme,
  Layout: () =>
    h(DefaultTheme.Layout, null, {
      'doc-before': () =>
        Object.entries(links).map(([text, path]) => h('a', { href: withBase(path) }, text)),
    }),
}
