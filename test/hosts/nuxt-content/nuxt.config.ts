import { openPictures } from '@imprompt/core'

export default defineNuxtConfig({
  modules: [
    async (_, { options, hook }) => {
      if (options._prepare) return
      const pictures = await openPictures({
        assets: { dir: 'public/pictures', base: `${options.app.baseURL}pictures/` },
        // In development, placeholders stand for what is missing.
        mode: options.dev ? 'placeholder' : undefined,
      })
      hook('content:file:beforeParse', async ({ file }) => {
        if (file.extension !== '.md') return
        try {
          file.body = await pictures.rewrite(file.body, file.path)
        } catch (problem) {
          // While pages are written, a mistake is told, and does not start Nuxt anew.
          if (!options.dev) throw problem
          console.error(String(problem))
        }
      })
      // Content that was compiled with other pictures is compiled again.
      const content = options.content || undefined
      const markdown = { ...content?.build?.markdown, pictures: pictures.fingerprint() }
      const build = { ...content?.build, markdown }
      Object.assign(options, { content: { ...content, build } })
    },
    '@nuxt/content',
  ],
  app: { baseURL: process.env.BASE, head: { link: [{ rel: 'icon', href: 'data:,' }] } },
  compatibilityDate: '2026-11-22',
  devtools: { enabled: false },
  content: { experimental: { sqliteConnector: 'native' } },
})
