import { basename, resolve } from 'node:path'
import type { OpenProject } from '@imprompt/core'
import type { ResolvedConfig } from 'vite'
import type { SiteGround } from './api.ts'
import { buildHost } from './build-host.ts'
import type { DevAssets } from './dev-assets.ts'
import { emitInto } from './emit.ts'
import { refuseExposureBy } from './exposure.ts'
import type { Host } from './host.ts'
import { type Display, lookUpHost } from './look-up-host.ts'
import { openSite } from './open-site.ts'
import type { Options } from './options.ts'
import { ownSession, sessionFor } from './session.ts'
import { doubtOf } from './set-up.ts'
import { type PictureFile, type Premises, type Shelf, createShelf } from './shelf.ts'
import { type Log, logOf } from './voice.ts'

/** What is known once a configuration is resolved, or the site was opened. */
export interface Standing {
  readonly host: Host
  readonly log: Log
  /** Says what goes on, in a line that does not say whose it is. */
  tell(line: string): void
  readonly isOpened: boolean
  readonly shelf: Shelf
  readonly premises: Premises
  fileAt(address: string): PictureFile | undefined
}

/** Of a site that a framework opens. */
export async function standingOf(
  ground: SiteGround,
  options: Options,
  assets: DevAssets,
): Promise<Standing> {
  const { log, base, bases, assetsDir, outDir, publicDir, command } = ground
  const warn = (message: string): void => log.warn(message)
  const tell = (line: string): void => log.info(line)
  const outputFolders = [outDir, publicDir]
  const project = await openSite({ ...ground, outputFolders, warn }, options)
  refuseExposureBy(ground, project)
  const premises = { base, bases, assetsDir }
  const shelf = createShelf(premises)
  const standing = { log, tell, isOpened: true, shelf, premises }
  switch (command) {
    case 'build': {
      const setting = { before: () => [], doubt: noDoubt, isAllOnShelf: () => true }
      const host = buildHost(project, { session: ownSession(project), shelf, ...setting })
      return { ...standing, host, fileAt: shelf.fileAt }
    }
    case 'sync':
      return { ...standing, host: lookUpHost(project, onShelf(shelf, tell)), fileAt: shelf.fileAt }
    case 'dev': {
      assets.mount(base, storeNameOf(project))
      const host = lookUpHost(project, inDevelopment(assets, tell))
      return { ...standing, host, fileAt: assets.fileAt }
    }
  }
}

/** Whoever opens a site knows the order of its own plugins. */
function noDoubt(): undefined {
  return undefined
}

/** What came before in the same plugin. */
export interface Past {
  readonly earlier: Standing | undefined
  isAllOnShelf(): boolean
}

/** Of what Vite has resolved. Builds of one plugin, such as those of several environments, share what they hand out. */
export async function standingFor(
  config: ResolvedConfig,
  options: Options,
  assets: DevAssets,
  { earlier, isAllOnShelf }: Past,
): Promise<Standing> {
  const { root, base, mode, command, publicDir } = config
  const log = logOf(config)
  const { outDir, assetsDir, ssr } = config.build
  const outputFolders = [resolve(root, outDir), ...(publicDir === '' ? [] : [publicDir])]
  const warn = (message: string): void => log.warn(message)
  const project = await openSite({ root, envMode: mode, outputFolders, warn }, options)
  const isRewritten = command === 'build' && config.experimental.renderBuiltUrl !== undefined
  const premises = { base, assetsDir, isRewritten }
  const isSame = earlier?.premises.base === base && earlier.premises.assetsDir === assetsDir
  const shelf = isSame ? earlier.shelf : createShelf(premises)
  const before = (): readonly string[] => pluginsBefore(config)
  const side = ssr === false ? 'client' : 'server'
  const tell = (line: string): void => log.info(`imprompt: ${line}`)
  const host =
    command !== 'build'
      ? lookUpHost(project, inDevelopment(assets, tell))
      : isCollection(config)
        ? lookUpHost(project, inBundle(shelf, tell))
        : buildHost(project, {
            session: sessionFor(project, side),
            shelf,
            before,
            doubt: () => doubtOf(config),
            isAllOnShelf,
          })
  const { fileAt } = command === 'build' ? shelf : assets
  return { host, log, tell, isOpened: false, shelf, premises, fileAt }
}

/** Name of the folder of a project's store. */
export function storeNameOf({ storeFolder }: OpenProject): string {
  return basename(storeFolder)
}

function inDevelopment(assets: DevAssets, tell: Display['tell']): Display {
  return { publishFrom: assets.publishFrom, publishAtAddress: assets.publishFrom, tell }
}

function onShelf(shelf: Shelf, tell: Display['tell']): Display {
  return { publishFrom: shelf.publishFrom, publishAtAddress: shelf.publishFrom, tell }
}

function inBundle(shelf: Shelf, tell: Display['tell']): Display {
  return {
    publishFrom: (gallery, emitter) => emitInto(emitter, gallery),
    publishAtAddress: shelf.publishFrom,
    tell,
  }
}

/**
 * Whether what is built is a collection of components and no site: Storybook builds with the plugins of the site's
 * configuration, and is no occasion to buy what the site asks for. Other plugins of Storybook may take part in the build
 * of a site; this one makes the entry of what it builds.
 */
function isCollection({ plugins }: ResolvedConfig): boolean {
  return plugins.some(({ name }) => name === 'storybook:code-generator-plugin')
}

/** Vite's own plugins compile no Markdown. */
function pluginsBefore({ plugins }: ResolvedConfig): readonly string[] {
  const names = plugins.map(({ name }) => name)
  const before = names.slice(0, names.indexOf('imprompt'))
  return before.filter((name) => name !== 'alias' && !/^(?:vite|rolldown|builtin):/.test(name))
}
