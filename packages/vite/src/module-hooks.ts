import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import {
  type Content,
  ImpromptError,
  type Scene,
  placeFile,
  mayAskForPictures,
} from '@imprompt/core'
import type { Plugin } from 'vite'
import { addressModule, addressModuleId, addressModules, mayBeAddress } from './address.ts'
import type { Emitter } from './emit.ts'
import { withOrigin } from './feed.ts'
import type { Site } from './site.ts'
import { isCompiled, isForFeed, isRaw, markdownFile, rewriteSource } from './source.ts'
import { virtualModule, virtualName } from './virtual.ts'

type ModuleHooks = Pick<Plugin, 'resolveId' | 'load' | 'transform' | 'handleHotUpdate'>

/** Makes modules of addresses and of configured pictures, and rewrites those of Markdown. */
export function moduleHooks(site: Site): ModuleHooks {
  /** Files of which modules were made, which tell their mistakes. */
  const told = new Set<string>()
  return {
    resolveId: {
      filter: { id: [/^virtual:imprompt\//, mayBeAddress] },
      // Versions of Vite without filters ask for every module.
      handler: (id) => {
        if (virtualName(id) !== undefined) return `\0${id}`
        const address = mayBeAddress.test(id) ? site.addressOf(id) : undefined
        return address && addressModuleId(address)
      },
    },
    load: {
      order: 'pre',
      filter: {
        id: [
          /^\0virtual:imprompt\//,
          addressModules,
          /\.(?:md|mdx|markdown|svx)\?(?:.*&)?raw(?:&|=|$)/,
        ],
      },
      handler(id) {
        const file = markdownFile(id)
        if (file !== undefined) told.add(file)
        return addressModule(id) ?? loadModule(id, site, this)
      },
    },
    transform: {
      order: 'pre',
      filter: { code: mayAskForPictures },
      async handler(code, id) {
        const file = markdownFile(id)
        if (file === undefined || isRaw(id) || !mayAskForPictures.test(code)) return undefined
        told.add(file)
        if (await isCompiled(code, file)) {
          // It is a left-over, which the end of a build tells; a server has none.
          if (site.isServed()) this.warn(compiledBefore(file, site))
          return undefined
        }
        return rewriteModule(code, { id, file }, site, (content) =>
          site.host().sceneFor(content, this),
        )
      },
    },
    // Plugins of frameworks compile what `read` answers, and no transform comes before them.
    async handleHotUpdate(update) {
      const file = markdownFile(update.file)
      const source = file === undefined ? '' : await update.read()
      if (file === undefined || !mayAskForPictures.test(source)) return
      try {
        await site.takeUp(source, file)
        const { sceneAtAddress } = site.host()
        const rewritten = await rewriteModule(source, { id: file, file }, site, sceneAtAddress)
        if (rewritten !== undefined) update.read = () => rewritten.code
      } catch (problem) {
        // No module is made of a file that others include.
        if (!(problem instanceof ImpromptError) || !told.has(file)) throw problem
      }
    },
  }
}

function compiledBefore(file: string, site: Site): string {
  const shown = relative(site.host().project.pipeline.root, file)
  return `${shown} was compiled before imprompt saw it, so that its directives stay as they are: put \`imprompt()\` first among the plugins`
}

/** A file that came while the site is served may be included by another, which a compiler reads at once. */
export async function takeUpFile(path: string, site: Site): Promise<void> {
  const file = markdownFile(path)
  if (file !== undefined) await site.takeUp(await readFile(file, 'utf8'), file)
}

/** A picture of the configuration, or Markdown as a string that some page compiles by itself. */
async function loadModule(id: string, site: Site, emitter: Emitter): Promise<string | undefined> {
  const name = id.startsWith('\0') ? virtualName(id.slice(1)) : undefined
  if (name !== undefined) {
    const { project, sceneFor } = site.host()
    return virtualModule(name, project.pipeline, (content) => sceneFor(content, emitter))
  }
  const file = markdownFile(id)
  if (file === undefined || !isRaw(id)) return undefined
  emitter.addWatchFile(file)
  const source = await readFile(file, 'utf8')
  const rewritten = await rewriteModule(source, { id, file }, site, (content) =>
    site.host().sceneFor(content, emitter),
  )
  return rewritten && `export default ${JSON.stringify(rewritten.code)}`
}

async function rewriteModule(
  source: string,
  { id, file }: { readonly id: string; readonly file: string },
  site: Site,
  sceneFor: (content: Content) => Promise<Scene>,
): ReturnType<typeof rewriteSource> {
  const { pipeline } = site.host().project
  const place = placeFile(pipeline.root, file)
  const content = pipeline.read(source, place)
  if (content.directives.length === 0 && content.problems.length === 0) return undefined
  const scene = await sceneFor(content)
  const { directives } = content
  if (isForFeed(id))
    return rewriteSource(
      { source, file: place, directives, markup: 'img' },
      withOrigin(scene, site.origin()),
    )
  const markup = site.markupFor(id, file)
  return rewriteSource({ source, file: place, directives, markup }, scene)
}
