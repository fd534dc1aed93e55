/**
 * Lines for hosts whose configuration a person writes: the text that goes to their compiler goes through pictures first. A
 * host that keeps what it has compiled is told what that was compiled with.
 */
export const recipes = {
  eleventy: `import { resolve } from 'node:path'
import { openPictures } from '@imprompt/core'

export default function (eleventyConfig) {
  let pictures
  eleventyConfig.on('eleventy.before', async ({ directories, runMode }) => {
    pictures = await openPictures({
      assets: { dir: \`\${directories.output}pictures\`, base: '/pictures/' },
      // While pages are served, placeholders stand for what is missing.
      mode: runMode === 'build' ? undefined : 'placeholder',
    })
  })
  eleventyConfig.addPreprocessor('imprompt', 'md', async (data, content) => {
    const file = resolve(data.page.inputPath)
    // Front matter was read before: name the fields that ask for pictures, and those that styles name.
    const { title, cover } = data
    Object.assign(data, await pictures.rewriteData({ title, cover }, file))
    return pictures.rewrite(content, file)
  })
}
`,
  nuxt: `import { openPictures } from '@imprompt/core'

export default defineNuxtConfig({
  modules: [
    async (_, { options, hook }) => {
      if (options._prepare) return
      const pictures = await openPictures({
        assets: { dir: 'public/pictures', base: \`\${options.app.baseURL}pictures/\` },
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
})
`,
  docusaurus: `import { createRequire } from 'node:module'

// Docusaurus compiles what its configuration imports; what it requires is left to Node.
const { openPictures } = createRequire(import.meta.url)('@imprompt/core')

const baseUrl = '/'

export default async function config() {
  const pictures = await openPictures({
    assets: { dir: 'static/pictures', base: \`\${baseUrl}pictures/\` },
    // In development, placeholders stand for what is missing.
    mode: process.env.NODE_ENV === 'development' ? 'placeholder' : undefined,
  })
  // Pages that were compiled with other pictures are compiled again.
  const versionOf = ({ version }) => \`\${version}-\${pictures.fingerprint()}\`
  return {
    baseUrl,
    markdown: {
      preprocessor: ({ fileContent, filePath }) =>
        pictures.rewriteNow(fileContent, filePath, 'jsx'),
      parseFrontMatter: async (params) => {
        const { fileContent, filePath } = params
        // Docusaurus waits here, and not for \`preprocessor\`.
        await pictures.prepare(fileContent, filePath)
        const { frontMatter, ...rest } = await params.defaultParseFrontMatter(params)
        return { ...rest, frontMatter: await pictures.rewriteData(frontMatter, filePath) }
      },
    },
    plugins: [
      () => ({
        name: 'imprompt',
        configureWebpack: ({ cache, experiments }) => ({
          ...(cache?.version && { cache: { version: versionOf(cache) } }),
          ...(experiments?.cache && {
            experiments: { cache: { version: versionOf(experiments.cache) } },
          }),
        }),
      }),
    ],
  }
}
`,
  unified: `import remarkImprompt from 'remark-imprompt'

processor.use(remarkImprompt, { assets: { dir: 'public/pictures', base: '/pictures/' } })
`,
} as const
