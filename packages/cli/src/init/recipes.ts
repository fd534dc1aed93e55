/**
 * Lines for hosts whose configuration a person writes: the text that goes to their compiler goes through pictures first. A
 * host that keeps what it has compiled is told what that was compiled with.
 */
export const recipes = {
  eleventy: `import { openPictures } from '@imprompt/core'

export default async function (eleventyConfig) {
  const pictures = await openPictures({ assets: { dir: '_site/pictures', base: '/pictures/' } })
  eleventyConfig.addPreprocessor('imprompt', 'md', ({ page }, content) =>
    pictures.rewrite(content, page.inputPath),
  )
}
`,
  nuxt: `import { openPictures } from '@imprompt/core'

const pictures = await openPictures({ assets: { dir: 'public/pictures', base: '/pictures/' } })

export default defineNuxtConfig({
  // Content that was compiled with other pictures is compiled again.
  content: { build: { markdown: { pictures: pictures.fingerprint() } } },
  hooks: {
    'content:file:beforeParse': async ({ file }) => {
      file.body = await pictures.rewrite(file.body, file.path)
    },
  },
})
`,
  docusaurus: `import { createRequire } from 'node:module'

// Docusaurus compiles what its configuration imports; what it requires is left to Node.
const require = createRequire(import.meta.url)
const { openPictures } = require('@imprompt/core')

export default async function config() {
  const pictures = await openPictures({ assets: { dir: 'static/pictures', base: '/pictures/' } })
  // Pages that were compiled with other pictures are compiled again.
  const versionOf = (cache) => \`\${cache.version} \${pictures.fingerprint()}\`
  return {
    markdown: {
      preprocessor: ({ filePath, fileContent }) =>
        pictures.rewriteNow(fileContent, filePath, 'markdown'),
    },
    plugins: [
      () => ({
        name: 'imprompt',
        configureWebpack: ({ cache }) =>
          cache?.version ? { cache: { ...cache, version: versionOf(cache) } } : {},
      }),
    ],
  }
}
`,
  unified: `import remarkImprompt from 'remark-imprompt'

processor.use(remarkImprompt, { assets: { dir: 'public/pictures', base: '/pictures/' } })
`,
} as const
