import { type Pictures, fieldOf } from '@imprompt/core'
import type { PluginApi } from 'vite-plugin-imprompt'
import { isNotPlanned } from './not-planned.ts'
import { type DataStage, isDataModule, withPicturesInData } from './vitepress-data.ts'

/** A plugin of Vite's, in the version that VitePress brings, and the pictures that it has ready. */
export interface PicturesPastVite {
  readonly name: string
  readonly enforce: 'pre'
  readonly pictures: Pick<Pictures, 'rewriteNow'>
  configResolved(config: { readonly root: string; readonly command: string }): void
  configureServer(): Promise<void>
  buildStart(): Promise<void>
  transform(code: string, id: string): string | undefined
}

/** Pictures for what VitePress reads by itself: included files, its search index, data of content loaders. */
export function picturesPastVite(api: PluginApi): PicturesPastVite {
  let site: Omit<DataStage, 'pictures'> = { pages: '' }
  let isServed = false
  let opened: Pictures | undefined
  const open = async (): Promise<void> => {
    opened = await api.pictures()
  }
  const rewriteNow: Pictures['rewriteNow'] = (source, file, markup) => {
    if (opened === undefined) return source
    try {
      return opened.rewriteNow(source, file, markup)
    } catch (problem) {
      // A half-written directive is told where its page is shown; the index of all pages must not end the server.
      if (isServed && isNotPlanned(problem)) return source
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
      isServed = config.command === 'serve'
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
