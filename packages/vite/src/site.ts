import { ImpromptError, type Markup, type Pictures, picturesOf } from '@imprompt/core'
import type { ResolvedConfig } from 'vite'
import { isMark } from './address.ts'
import type { PluginApi } from './api.ts'
import { type DevAssets, createDevAssets } from './dev-assets.ts'
import { refuseExposure } from './exposure.ts'
import { originOf } from './feed.ts'
import type { Host, Visitor } from './host.ts'
import { configPath } from './open-site.ts'
import type { Options } from './options.ts'
import { refuseBypass } from './set-up.ts'
import type { PictureFile, Premises } from './shelf.ts'
import { type Standing, standingFor, standingOf, storeNameOf } from './standing.ts'
import { voiceOf } from './voice.ts'

/** The site that one plugin serves, between its hooks. */
export interface Site {
  readonly api: PluginApi
  readonly assets: DevAssets
  /** Where its pictures come from. */
  host(): Host
  /** Takes up what Vite has resolved. */
  resolve(config: ResolvedConfig): Promise<void>
  /** @param environment Nothing in versions of Vite that have none. */
  begin(environment: Visitor | undefined, isWatch: boolean): Promise<void>
  end(environment: Visitor | undefined): void
  /** What goes before addresses in feeds; see `originOf`. */
  origin(): string
  /** The form of pictures in a file that Vite's plugins compile. */
  markupFor(file: string): Markup
  /** Tells where a development server serves pictures, unless the site was opened for another base. */
  mount(base: string): void
  /** Files at known addresses that belong into a bundle. */
  bundleFiles(isForServer: () => boolean): readonly PictureFile[]
  /** The address of a file of a picture that an import names; nothing for any other import. */
  addressOf(id: string): string | undefined
  /** Takes up a text that was written while the site is served. */
  takeUp(source: string, file: string): Promise<void>
}

/** A site of which nothing is known yet. */
export function createSite(options: Options): Site {
  const assets = createDevAssets()
  let standing: Standing | undefined
  let origin: (() => string) | undefined
  let pictures: Promise<Pictures> | undefined
  let hasMdx = false
  const ready = (): Standing => {
    if (standing === undefined) throw new Error('imprompt: a hook ran before `configResolved`')
    return standing
  }
  const stand = (one: Standing): void => {
    standing = one
    pictures = undefined
  }
  const begin = async (visitor: Visitor, isWatch: boolean): Promise<void> => {
    const { host, log } = ready()
    if (isWatch) pictures = undefined
    await host.start({ visitor, isWatch, ...voiceOf(host.project, log) })
  }
  const api: PluginApi = {
    open: async (ground) => {
      stand(await standingOf(ground, options, assets))
      await begin(api, false)
      return configPath(ready().host.project)
    },
    pictures: () => (pictures ??= picturesIn(ready())),
    files: () => ready().shelf.files(),
    fileAt: (address) => ready().fileAt(address),
    searchOutput: async (folder) => {
      const { host, log } = ready()
      const level = host.project.pipeline.settings.leftOvers
      const message = level === 'off' ? undefined : await host.leftOversBelow(folder)
      if (message === undefined) return
      if (level === 'error') throw new ImpromptError('LEFT_OVERS', message)
      log.warn(message)
    },
    close: () => ready().host.end(api),
  }
  return {
    api,
    assets,
    host: () => ready().host,
    resolve: async (config) => {
      refuseLibrary(config)
      if (standing?.isOpened !== true) {
        refuseBypass(config)
        stand(
          await standingFor(config, options, assets, {
            earlier: standing,
            // One address for a picture, wherever it is shown.
            isAllOnShelf: () => pictures !== undefined,
          }),
        )
      }
      const { project, hasBegun } = ready().host
      refuseExposure(
        config,
        project,
        hasBegun() ? 'what was bought is stored' : 'nothing was bought',
      )
      // MDX drops the HTML of files that are not named `.mdx`.
      hasMdx = config.plugins.some(({ name }) => name === '@mdx-js/rollup')
      origin = () => originOf(config, project.pipeline.settings.site)
      const path = ready().isOpened ? undefined : configPath(project)
      // Vite restarts its server when one of these changes; who opened a site watches it.
      if (path !== undefined) config.configFileDependencies.push(path)
    },
    begin: async (environment = api, isWatch) => {
      if (!ready().isOpened) await begin(environment, isWatch)
    },
    end: (environment = api) => {
      if (!ready().isOpened) ready().host.end(environment)
    },
    origin: () => origin?.() ?? '',
    markupFor: (file) =>
      options.markup ?? (hasMdx && !file.endsWith('.mdx') ? 'markdown' : 'picture'),
    mount: (base) => {
      const { host, isOpened } = ready()
      if (!isOpened) assets.mount(base, storeNameOf(host.project))
    },
    addressOf: (id) => {
      const isKnown = isMark(id) || ready().shelf.fileAt(id) !== undefined
      return isKnown ? id : assets.addressOf(id)
    },
    takeUp: async (source, file) => (await pictures)?.prepare(source, file),
    bundleFiles: (isForServer) => (ready().isOpened && isForServer() ? [] : ready().shelf.files()),
  }
}

async function picturesIn({ host, premises }: Standing): Promise<Pictures> {
  refuseRelative(premises)
  const { pipeline } = host.project
  const { scan, scene } = await host.whole()
  return picturesOf(
    { pipeline, sceneFor: host.sceneAtAddress, addresses: JSON.stringify(premises) },
    scan,
    scene,
  )
}

function refuseLibrary({ build, command }: ResolvedConfig): void {
  if (command !== 'build' || build.lib === false) return
  throw new ImpromptError(
    'CONFIG_INVALID',
    '`build.lib` makes a library, whose files have no address before somebody else builds a site with it, so that its pictures would be found nowhere; nothing was bought. Take `imprompt()` out of the configuration of the library, and let the site that uses it show the pictures',
  )
}

function refuseRelative({ base }: Premises): void {
  if (/^(?:\/|https?:)/.test(base)) return
  throw new ImpromptError(
    'CONFIG_INVALID',
    `Something reads Markdown past Vite, and needs to know where its pictures will be found, which \`base: '${base}'\` does not tell; what was bought is stored. Set \`base\` to a path from the root, such as \`/blog/\``,
  )
}
