import { unified } from '@astrojs/markdown-remark'
import mdx from '@astrojs/mdx'
import node from '@astrojs/node'
import imprompt from '@imprompt/astro'
import { defineConfig } from 'astro/config'

const { BASE, PROCESSOR, OUTPUT, ASSETS, ASSETS_PREFIX, LATE } = process.env

const late = {
  name: 'late',
  hooks: {
    'astro:config:setup': ({ updateConfig }) =>
      updateConfig({
        integrations: [
          {
            name: 'later',
            hooks: {
              'astro:config:setup': (setup) =>
                setup.updateConfig({ markdown: { processor: unified() } }),
            },
          },
        ],
      }),
  },
}

export default defineConfig({
  base: BASE,
  trailingSlash: 'always',
  output: OUTPUT,
  adapter: OUTPUT === 'server' ? node({ mode: 'standalone' }) : undefined,
  integrations: [imprompt(), mdx(), ...(LATE ? [late] : [])],
  markdown: PROCESSOR === 'unified' ? { processor: unified() } : {},
  build: { assets: ASSETS, assetsPrefix: ASSETS_PREFIX },
})
