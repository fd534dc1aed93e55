import { type Pictures, reasonOf } from '@imprompt/core'
import type { PluginApi } from 'vite-plugin-imprompt'
import { fieldOf } from './fields.ts'
import { isNotPlanned } from './not-planned.ts'
import { type DataStage, isDataModule, withPicturesInData } from './vitepress-data.ts'

/** The part of what Vite has resolved that the plugin meets. */
export interface ViteConfig {
  readonly root: string
  readonly command: string
  readonly logger: { warnOnce(message: string): void }
}

/** A plugin of Vite's, in the version that VitePress brings, and the pictures that it has ready. */
export interface PicturesPastVite {
  readonly name: string
  readonly enforce: 'pre'
  readonly pictures: Pick<Pictures, 'rewriteNow'>
  configResolved(config: ViteConfig): void
  configureServer(): Promise<void>
  buildStart(): Promise<void>
  transform(code: string, id: string): string | undefined
}

/** Pictures for what VitePress reads by itself: included files, its search index, data of content loaders. */
export function picturesPastVite(api: PluginApi): PicturesPastVite {
  let site: Omit<DataStage, 'pictures'> = { pages: '' }
  let server: ViteConfig | undefined
  let opened: Pictures | undefined
  const open = async (): Promise<void> => {
    try {
      opened = await api.pictures()
    } catch (problem) {
      if (server === undefined) throw problem
      // Vite's own hooks show the pictures of a page for each page by itself.
      server.logger.warnOnce(
        `imprompt: ${reasonOf(problem)}\nUntil that is mended and the server is started again, files that pages include, data of content loaders and the search show no pictures`,
      )
    }
  }
  const rewriteNow: Pictures['rewriteNow'] = (source, file, markup) => {
    if (opened === undefined) return source
    try {
      return opened.rewriteNow(source, file, markup)
    } catch (problem) {
      // A half-written directive is told where its page is shown; the index of all pages must not end the server.
      if (server !== undefined && isNotPlanned(problem)) return source
      throw problem
    }
  }
  return {
    name: 'imprompt:vitepress',
    enforce: 'pre',
    pictures: { rewriteNow },
    configResolved: (config) => {
      const rewrites = fieldOf(fieldOf(fieldOf(config, 'vitepress'), 'rewrites'), 'inv')
      site = { pages: config.root, rewrites }
      server = config.command === 'serve' ? config : undefined
    },
    // VitePress indexes its pages before a server's build starts.
    configureServer: open,
    buildStart: open,
    transform: (code, id) =>
      opened !== undefined && isDataModule(id)
        ? withPicturesInData(code, { ...site, pictures: opened })
        : undefined,
  }
}
