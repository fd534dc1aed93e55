/** Lines for hosts whose configuration a person writes: what is passed to a compiler has to be passed through pictures. */
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
  hooks: {
    'content:file:beforeParse': async ({ file }) => {
      file.body = await pictures.rewrite(file.body, file.path)
    },
  },
})
`,
  docusaurus: `import { openPictures } from '@imprompt/core'

export default async function config() {
  const pictures = await openPictures({ assets: { dir: 'static/pictures', base: '/pictures/' } })
  return {
    markdown: {
      preprocessor: ({ filePath, fileContent }) => pictures.rewriteNow(fileContent, filePath, 'markdown'),
    },
  }
}
`,
  unified: `import remarkImprompt from 'remark-imprompt'

processor.use(remarkImprompt, { assets: { dir: 'public/pictures', base: '/pictures/' } })
`,
} as const
