import { resolve } from 'node:path'
import { HtmlBasePlugin } from '@11ty/eleventy'
import { openPictures } from '@imprompt/core'

export default function (eleventyConfig) {
  let pictures
  eleventyConfig.on('eleventy.before', async ({ directories, runMode }) => {
    pictures = await openPictures({
      assets: { dir: `${directories.output}pictures`, base: '/pictures/' },
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
  eleventyConfig.addPlugin(HtmlBasePlugin)
}

export const config = { dir: { input: 'src' }, pathPrefix: process.env.BASE }
