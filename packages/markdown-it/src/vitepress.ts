import { fieldOf } from '@imprompt/core'
import imprompt, { type Options } from 'vite-plugin-imprompt'
import { type MarkdownIt, markdownItImprompt } from './plugin.ts'
import { leaveBaseToTheme } from './vitepress-home.ts'
import { withWordsOfPictures } from './vitepress-search.ts'
import { picturesPastVite } from './vitepress-plugin.ts'

/** The part of a VitePress configuration that is wired; VitePress 1 and 2 have it alike. */
export interface VitePressConfig {
  readonly vite?: { readonly plugins?: readonly unknown[] | undefined } | undefined
  readonly markdown?: { config?(md: MarkdownIt): unknown } | undefined
  readonly themeConfig?: unknown
  transformPageData?(page: unknown, context: unknown): unknown
}

/**
 * Has a VitePress site show pictures in the place of directives: on its pages, in files that they include, and in the data
 * of content loaders; its local search finds their alternative texts.
 */
export function withImprompt<Config extends VitePressConfig>(
  config: Config,
  options?: Options,
): Config {
  const plugin = imprompt(options)
  const past = picturesPastVite(plugin.api)
  const { markdown, vite, themeConfig } = config
  return {
    ...config,
    vite: { ...vite, plugins: [plugin, past, ...(vite?.plugins ?? [])] },
    markdown: {
      ...markdown,
      config: (md: MarkdownIt) => {
        markdownItImprompt(md, past.pictures)
        return markdown?.config?.(md)
      },
    },
    transformPageData: (page: unknown, context: unknown) => {
      const base = fieldOf(fieldOf(fieldOf(context, 'siteConfig'), 'site'), 'base')
      if (typeof base === 'string')
        leaveBaseToTheme(fieldOf(page, 'frontmatter'), { base, fileAt: plugin.api.fileAt })
      return config.transformPageData?.(page, context)
    },
    ...(themeConfig !== undefined && { themeConfig: withWordsOfPictures(themeConfig) }),
  }
}
