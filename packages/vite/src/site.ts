import { ImpromptError, type Markup } from '@imprompt/core'
import type { ResolvedConfig } from 'vite'
import { isMark } from './address.ts'
import type { PluginApi } from './api.ts'
import { type DevAssets, createDevAssets } from './dev-assets.ts'
import { refuseExposure } from './exposure.ts'
import { originOf } from './feed.ts'
import type { Host } from './host.ts'
import { configPath } from './open-site.ts'
import type { Options } from './options.ts'
import { createPresence } from './presence.ts'
import { refuseBypass } from './set-up.ts'
import type { PictureFile } from './shelf.ts'
import { siteApi } from './site-api.ts'
import { isRaw } from './source.ts'
import { standingFor, storeNameOf } from './standing.ts'

/** The part of an environment of Vite that a site asks; versions before 6 have none. */
export interface Environment {
  readonly config: { readonly consumer: 'client' | 'server' }
}

/** The site that one plugin serves, between its hooks. */
export interface Site {
  readonly api: PluginApi
  readonly assets: DevAssets
  /** Where its pictures come from. */
  host(): Host
  /** Takes up what Vite has resolved. */
  resolve(config: ResolvedConfig): Promise<void>
  /** @param environment Nothing in versions of Vite that have none. */
  begin(environment: Environment | undefined, isWatch: boolean): Promise<void>
  end(environment: Environment | undefined): void
  /** Whether it is served for development, and not built. */
  isServed(): boolean
  /** What goes before addresses in feeds; see `originOf`. */
  origin(): string
  /** The form of pictures in a file, as a module of it asks for them. */
  markupFor(id: string, file: string): Markup
  /** Tells where a development server serves pictures, unless the site was opened for another base. */
  mount(base: string): void
  /** Files at known addresses that belong into a bundle. */
  bundleFiles(environment: Environment | undefined): readonly PictureFile[]
  /** The address of a file of a picture that an import names; nothing for any other import. */
  addressOf(id: string): string | undefined
  /** Absolute path of the store. */
  storeFolder(): string
  /** Looks everything up again, as the store has changed. */
  renew(): Promise<void>
  /** Takes up a text that was written while the site is served. */
  takeUp(source: string, file: string): Promise<void>
}

/** A site of which nothing is known yet. */
export function createSite(options: Options): Site {
  const assets = createDevAssets()
  const presence = createPresence()
  const api = siteApi(presence, options, assets)
  const { ready, asked } = presence
  let resolved: ResolvedConfig | undefined
  return {
    api,
    assets,
    host: () => ready().host,
    resolve: async (config) => {
      refuseLibrary(config)
      if (presence.standing?.isOpened !== true) {
        refuseBypass(config)
        const past = {
          earlier: presence.standing,
          // One address for a picture, wherever it is shown.
          isAllOnShelf: () => asked() !== undefined,
        }
        presence.stand(await standingFor(config, options, assets, past))
      }
      resolved = config
      const { host, isOpened } = ready()
      const spent = host.hasBegun() ? 'what was bought is stored' : 'nothing was bought'
      refuseExposure(config, host.project, spent)
      const path = isOpened ? undefined : configPath(host.project)
      // Vite restarts its server when one of these changes; who opened a site watches it.
      if (path !== undefined) config.configFileDependencies.push(path)
    },
    begin: async (environment, isWatch) => {
      const { isOpened, shelf } = ready()
      if (!isForServer(environment, resolved)) shelf.reopen()
      if (!isOpened) await presence.begin(environment ?? api, isWatch)
    },
    end: (environment) => {
      if (!ready().isOpened) ready().host.end(environment ?? api)
    },
    isServed: () => resolved?.command === 'serve',
    origin: () =>
      resolved === undefined ? '' : originOf(resolved, ready().host.project.pipeline.settings.site),
    markupFor: (id, file) => {
      const isDropped = isCompiledByMdx(file, resolved) && !isRaw(id)
      return options.markup ?? (isDropped ? 'markdown' : 'picture')
    },
    mount: (base) => {
      const { host, isOpened } = ready()
      if (!isOpened) assets.mount(base, storeNameOf(host.project))
    },
    addressOf: (id) => {
      const isKnown = isMark(id) || ready().shelf.fileAt(id) !== undefined
      return isKnown ? id : assets.addressOf(id)
    },
    storeFolder: () => ready().host.project.storeFolder,
    renew: presence.renew,
    takeUp: async (source, file) => (await asked())?.prepare(source, file),
    bundleFiles: (environment) => {
      const { isOpened, shelf } = ready()
      if (!isForServer(environment, resolved)) return shelf.close()
      return isOpened ? [] : shelf.files()
    },
  }
}

/** MDX drops the HTML of files that are not named `.mdx`. */
function isCompiledByMdx(file: string, config: ResolvedConfig | undefined): boolean {
  const hasMdx = config?.plugins.some(({ name }) => name === '@mdx-js/rollup') === true
  return hasMdx && !file.endsWith('.mdx')
}

function isForServer(
  environment: Environment | undefined,
  config: ResolvedConfig | undefined,
): boolean {
  return environment === undefined
    ? config !== undefined && config.build.ssr !== false
    : environment.config.consumer === 'server'
}

function refuseLibrary({ build, command }: ResolvedConfig): void {
  if (command !== 'build' || build.lib === false) return
  throw new ImpromptError(
    'CONFIG_INVALID',
    '`build.lib` makes a library, whose files have no address before somebody else builds a site with it, so that its pictures would be found nowhere; nothing was bought. Take `imprompt()` out of the configuration of the library, and let the site that uses it show the pictures',
  )
}
