import { basename, resolve } from 'node:path'
import { ImpromptError, type Markup, type Pictures, picturesOf } from '@imprompt/core'
import type { ResolvedConfig } from 'vite'
import { isMark } from './address.ts'
import type { PluginApi, SiteGround } from './api.ts'
import { buildHost } from './build-host.ts'
import { type DevAssets, createDevAssets } from './dev-assets.ts'
import { emitInto } from './emit.ts'
import { refuseExposure } from './exposure.ts'
import { originOf } from './feed.ts'
import type { Host } from './host.ts'
import { type Display, lookUpHost } from './look-up-host.ts'
import { configPath, openSite } from './open-site.ts'
import type { Options } from './options.ts'
import { bypassDoubt, orderDoubt, refuseBypass } from './set-up.ts'
import { type PictureFile, type Premises, type Shelf, createShelf } from './shelf.ts'
import { type Log, logOf, voiceOf } from './voice.ts'

/** The site that one plugin serves, between its hooks. */
export interface Site {
  readonly api: PluginApi
  readonly assets: DevAssets
  /** Where its pictures come from. */
  host(): Host
  /** Takes up what Vite has resolved. */
  resolve(config: ResolvedConfig): Promise<void>
  begin(isWatch: boolean): Promise<void>
  end(): void
  /** What goes before addresses in feeds; see `originOf`. */
  origin(): string
  /** The form of pictures in a file that Vite's plugins compile. */
  markupFor(file: string): Markup
  /** Name of the store's folder. */
  storeName(): string
  /** Files at known addresses that belong into the bundle. */
  bundleFiles(): readonly PictureFile[]
  /** The address of a file of a picture that an import names; nothing for any other import. */
  addressOf(id: string): string | undefined
  /** Takes up a text that was written while the site is served. */
  takeUp(source: string, file: string): Promise<void>
}

/** What is known once a configuration is resolved, or the site was opened. */
interface Standing {
  readonly host: Host
  readonly log: Log
  readonly isOpened: boolean
  readonly shelf: Shelf
  readonly premises: Premises
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
  const begin = async (isWatch: boolean): Promise<void> => {
    const { host, log } = ready()
    if (isWatch) pictures = undefined
    await host.start({ isWatch, ...voiceOf(host.project, log) })
  }
  const api: PluginApi = {
    open: async (ground) => {
      stand(await standingOf(ground, options, assets))
      await begin(false)
    },
    pictures: () => (pictures ??= picturesIn(ready())),
    files: () => ready().shelf.files(),
    close: () => ready().host.end(),
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
      const { project } = ready().host
      refuseExposure(config, project)
      // MDX drops the HTML of files that are not named `.mdx`.
      hasMdx = config.plugins.some(({ name }) => name === '@mdx-js/rollup')
      origin = () => originOf(config, project.pipeline.settings.site)
      const path = configPath(project)
      // Vite restarts its server when one of these changes.
      if (path !== undefined) config.configFileDependencies.push(path)
    },
    begin: async (isWatch) => {
      if (!ready().isOpened) await begin(isWatch)
    },
    end: () => {
      if (!ready().isOpened) ready().host.end()
    },
    origin: () => origin?.() ?? '',
    markupFor: (file) =>
      options.markup ?? (hasMdx && !file.endsWith('.mdx') ? 'markdown' : 'picture'),
    storeName: () => basename(ready().host.project.storeFolder),
    addressOf: (id) => (isMark(id) || ready().shelf.holds(id) ? id : assets.addressOf(id)),
    takeUp: async (source, file) => (await pictures)?.prepare(source, file),
    bundleFiles: () => (ready().isOpened ? [] : ready().shelf.files()),
  }
}

async function picturesIn({ host, premises }: Standing): Promise<Pictures> {
  refuseRelative(premises)
  const { pipeline } = host.project
  const { scan, scene } = await host.whole()
  return picturesOf({ pipeline, sceneFor: host.sceneAtAddress }, scan, scene)
}

/** Of a site that a framework opens. */
async function standingOf(
  ground: SiteGround,
  options: Options,
  assets: DevAssets,
): Promise<Standing> {
  const { log, base, assetsDir, outDir, command } = ground
  const warn = (message: string): void => log.warn(message)
  const project = await openSite({ ...ground, outputFolders: [outDir], warn }, options)
  const premises = { base, assetsDir }
  const shelf = createShelf(premises)
  const host =
    command === 'build'
      ? buildHost(project, {
          side: 'client',
          shelf,
          before: () => [],
          doubt: () => undefined,
          isAllOnShelf: () => true,
        })
      : lookUpHost(project, inDevelopment(assets, log.info))
  return { host, log, isOpened: true, shelf, premises }
}

interface Past {
  readonly earlier: Standing | undefined
  isAllOnShelf(): boolean
}

/** Of what Vite has resolved. Builds of one plugin, such as those of several environments, share what they hand out. */
async function standingFor(
  config: ResolvedConfig,
  options: Options,
  assets: DevAssets,
  { earlier, isAllOnShelf }: Past,
): Promise<Standing> {
  const { root, base, mode, command } = config
  const log = logOf(config)
  const { outDir, assetsDir, ssr } = config.build
  const outputFolders = [resolve(root, outDir)]
  const warn = (message: string): void => log.warn(message)
  const project = await openSite({ root, envMode: mode, outputFolders, warn }, options)
  const premises = { base, assetsDir }
  const isSame = earlier?.premises.base === base && earlier.premises.assetsDir === assetsDir
  const shelf = isSame ? earlier.shelf : createShelf(premises)
  const before = (): readonly string[] => pluginsBefore(config)
  const side = ssr === false ? 'client' : 'server'
  const info = (line: string): void => log.info(line)
  const doubt = (): string | undefined => bypassDoubt(config) ?? orderDoubt(config)
  const host =
    command !== 'build'
      ? lookUpHost(project, inDevelopment(assets, info))
      : isCollection(config)
        ? lookUpHost(project, inBundle(shelf, info))
        : buildHost(project, { side, shelf, before, doubt, isAllOnShelf })
  return { host, log, isOpened: false, shelf, premises }
}

function inDevelopment(assets: DevAssets, log: Display['log']): Display {
  return { publishFrom: assets.publishFrom, publishAtAddress: assets.publishFrom, log }
}

function inBundle(shelf: Shelf, log: Display['log']): Display {
  return {
    publishFrom: (gallery, emitter) => emitInto(emitter, gallery),
    publishAtAddress: shelf.publishFrom,
    log,
  }
}

/**
 * Whether what is built is a collection of components and no site: Storybook builds with the plugins of the site's
 * configuration, and is no occasion to buy what the site asks for.
 */
function isCollection({ plugins }: ResolvedConfig): boolean {
  return plugins.some(({ name }) => name.startsWith('storybook:'))
}

/** Vite's own plugins compile no Markdown. */
function pluginsBefore({ plugins }: ResolvedConfig): readonly string[] {
  const names = plugins.map(({ name }) => name)
  const before = names.slice(0, names.indexOf('imprompt'))
  return before.filter((name) => name !== 'alias' && !/^(?:vite|rolldown|builtin):/.test(name))
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
