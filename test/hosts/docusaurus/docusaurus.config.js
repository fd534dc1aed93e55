import { createRequire } from 'node:module'

// Docusaurus compiles what its configuration imports; what it requires is left to Node.
const { openPictures } = createRequire(import.meta.url)('@imprompt/core')

const baseUrl = process.env.BASE ?? '/'

export default async function config() {
  const pictures = await openPictures({
    assets: { dir: 'static/pictures', base: `${baseUrl}pictures/` },
    // In development, placeholders stand for what is missing.
    mode: process.env.NODE_ENV === 'development' ? 'placeholder' : undefined,
  })
  // Pages that were compiled with other pictures are compiled again.
  const versionOf = ({ version }) => `${version}-${pictures.fingerprint()}`
  return {
    title: 'Pictures',
    url: 'https://example.com',
    baseUrl,
    markdown: {
      preprocessor: ({ fileContent, filePath }) =>
        pictures.rewriteNow(fileContent, filePath, 'jsx'),
      parseFrontMatter: async (params) => {
        const { fileContent, filePath } = params
        // Docusaurus waits here, and not for `preprocessor`.
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
    onBrokenLinks: 'warn',
    presets: [['classic', { docs: { routeBasePath: '/' }, blog: false }]],
    themeConfig: {
      navbar: {
        items: [
          { to: '/fifty', label: 'Fifty' },
          { to: '/second', label: 'Second' },
        ],
      },
    },
  }
}
