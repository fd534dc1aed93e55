import { reasonOf } from '@imprompt/core'
import type { Plugin } from 'vite'
import type { PluginApi } from './api.ts'
import { bundleHooks } from './bundle-hooks.ts'
import { moduleHooks, takeUpFile } from './module-hooks.ts'
import { type Options, refuseOptions } from './options.ts'
import { doubtOf } from './set-up.ts'
import { createSite } from './site.ts'
import { watchStore } from './store-watch.ts'

/** The plugin, and what it offers to other plugins and to frameworks. */
export interface ImpromptPlugin extends Plugin<PluginApi> {
  readonly api: PluginApi
}

/**
 * Turns the prompts of Markdown files and of `imprompt.config.ts` into pictures. A build prices and buys once,
 * before anything is transformed; hooks only look up. Development never buys.
 * @throws `CONFIG_INVALID` where an option is unknown
 */
export function imprompt(options: Options = {}): ImpromptPlugin {
  refuseOptions(options)
  const site = createSite(options)
  const { assets } = site
  return {
    name: 'imprompt',
    enforce: 'pre',
    api: site.api,
    apply: (_config, { isPreview }) => isPreview !== true,
    configResolved: site.resolve,
    configureServer: (server) => {
      site.mount(server.config.base)
      server.middlewares.use(assets.handle)
      watchStore(server, site)
      const doubt = doubtOf(server.config)
      if (doubt !== undefined) server.config.logger.warnOnce(doubt)
      server.watcher.on('add', (path) => {
        takeUpFile(path, site).catch((cause: unknown) => server.config.logger.warn(reasonOf(cause)))
      })
    },
    buildStart() {
      return site.begin(this.environment, this.meta.watchMode)
    },
    closeBundle() {
      site.end(this.environment)
    },
    ...moduleHooks(site),
    ...bundleHooks(site),
  }
}
