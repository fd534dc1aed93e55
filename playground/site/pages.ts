import { join, resolve } from 'node:path'
import type { Connect, Plugin, ViteDevServer } from 'vite'
import { articleOf } from './article.ts'
import { loadInBuild, loadInDevelopment } from './load.ts'
import type { Load, Page } from './page.ts'
import { configuredPicture } from './picture.ts'
import { contentMark, documentOf, frame } from './shell.ts'
import { siteMap } from './site-map.ts'

/**
 * Makes a whole page of HTML of every Markdown file. A page goes through Vite's own pipeline for HTML, which bundles the
 * styles and turns the addresses of pictures into what is right for that page and base.
 */
export function pages(): Plugin {
  const contents = new Map<string, string>()
  let root = process.cwd()
  const render = async (file: string, page: Page, load: Load) => {
    const mark = await configuredPicture('colophon', load)
    contents.set(file, frame(page.path, await page.content(load), mark))
    return documentOf(page)
  }
  return {
    name: 'playground:pages',
    config: (config) => {
      root = resolve(config.root ?? root)
      return { build: { rolldownOptions: { input: [...siteMap(root).keys()] } } }
    },
    resolveId: {
      filter: { id: /\.html$/ },
      handler: (id) => (siteMap(root).has(id) ? id : undefined),
    },
    load: {
      filter: { id: /\.html$/ },
      handler(id) {
        const page = siteMap(root).get(id)
        return page && render(id, page, loadInBuild(this))
      },
    },
    transform: {
      filter: { id: /\.md$/ },
      handler: async (code) => `export default ${JSON.stringify(await articleOf(code))}`,
    },
    transformIndexHtml: {
      // After Vite's own pass, which would take the pictures of the content for files of the source.
      order: 'post',
      handler: (html, { filename }) =>
        html.replace(contentMark, () => contents.get(filename) ?? ''),
    },
    configureServer: (server) => () => {
      server.middlewares.use(serve(server, render))
    },
    hotUpdate({ file }) {
      const isPage = file.endsWith('.md') && this.environment.name === 'client'
      if (isPage) this.environment.hot.send({ type: 'full-reload' })
    },
  }
}

function serve(
  server: ViteDevServer,
  render: (file: string, page: Page, load: Load) => Promise<string>,
): Connect.NextHandleFunction {
  const answer = async (file: string, page: Page) =>
    server.transformIndexHtml(`/${page.path}`, await render(file, page, loadInDevelopment(server)))
  return ({ url = '/' }, response, next) => {
    const { pathname } = new URL(url, 'http://localhost')
    const file = join(
      server.config.root,
      pathname.endsWith('/') ? `${pathname}index.html` : pathname,
    )
    const page = siteMap(server.config.root).get(file)
    if (page === undefined) return next()
    answer(file, page).then(
      (html) => response.setHeader('content-type', 'text/html').end(html),
      next,
    )
  }
}
