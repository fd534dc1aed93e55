import { readFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { type PlanInput, openProject, reportText } from '@imprompt/core'
import type { Plugin, ResolvedConfig } from 'vite'
import { buildHost } from './build-host.ts'
import { devHost } from './dev-host.ts'
import type { Emitter } from './emit.ts'
import type { Host } from './host.ts'
import type { Options } from './options.ts'
import { createDevAssets } from './dev-assets.ts'
import { isRaw, markdownFile, placeFile, rewriteSource } from './source.ts'
import { typesOf, virtualModule, virtualName } from './virtual.ts'

/**
 * Turns the prompts of Markdown files and of `imprompt.config.ts` into pictures. A build scans, prices and buys once,
 * before anything is transformed; hooks only look up. Development never buys.
 */
export function imprompt(options: Options = {}): Plugin {
  const assets = createDevAssets()
  let host: Host | undefined
  const ready = (): Host => {
    if (host === undefined) throw new Error('imprompt: a hook ran before `configResolved`')
    return host
  }
  const rewriteFile = async (source: string, file: string, emitter: Emitter) => {
    const { project, sceneFor } = ready()
    const place = placeFile(project.pipeline.root, file)
    const scan: PlanInput = project.pipeline.scanFile(source, place)
    return rewriteSource(source, scan.directives, place, await sceneFor(scan, emitter))
  }
  return {
    name: 'imprompt',
    enforce: 'pre',
    apply: (_config, { isPreview }) => isPreview !== true,
    configResolved: async (config) => {
      const project = await openFor(config, options)
      host =
        config.command === 'build'
          ? buildHost(project)
          : devHost(project, assets, (message) => config.logger.info(message))
    },
    configureServer: (server) => {
      assets.mount(server.config.base, basename(ready().project.storeFolder))
      server.middlewares.use(assets.handle)
    },
    async buildStart() {
      await ready().start({
        environment: this.environment.name,
        isWatch: this.meta.watchMode,
        print: (report) => this.environment.logger.info(`\n${reportText(report)}\n`),
        warn: (message) => this.warn(message),
      })
    },
    closeBundle() {
      ready().end(this.environment.name)
    },
    resolveId: {
      filter: { id: /^virtual:imprompt\// },
      handler: (id) => `\0${id}`,
    },
    load: {
      order: 'pre',
      filter: { id: [/^\0virtual:imprompt\//, /\.(?:md|mdx|markdown|svx)\?(?:.*&)?raw(?:&|=|$)/] },
      async handler(id) {
        const name = virtualName(id.slice(1))
        if (name !== undefined) {
          const { project, sceneFor } = ready()
          return virtualModule(name, project.pipeline, (scan) => sceneFor(scan, this))
        }
        const file = markdownFile(id)
        if (file === undefined) return undefined
        this.addWatchFile(file)
        const source = await readFile(file, 'utf8')
        const rewritten = await rewriteFile(source, file, this)
        return rewritten && `export default ${JSON.stringify(rewritten.code)}`
      },
    },
    transform: {
      order: 'pre',
      filter: { code: /!\[gen:/ },
      handler(code, id) {
        const file = markdownFile(id)
        return file === undefined || isRaw(id) ? undefined : rewriteFile(code, file, this)
      },
    },
  }
}

async function openFor(config: ResolvedConfig, options: Options) {
  const project = await openProject({
    folder: config.root,
    environment: process.env,
    envMode: config.mode,
    outputFolders: [resolve(config.root, config.build.outDir)],
    ...(options.config !== undefined && { config: options.config }),
  })
  const { pipeline, configFile } = project
  // Vite restarts its server when one of these changes.
  if (configFile !== undefined) config.configFileDependencies.push(join(pipeline.root, configFile))
  const names = [...pipeline.settings.images.keys()]
  if (names.length > 0) {
    const trouble = await project.keepTypes(typesOf(names))
    if (trouble !== undefined) config.logger.warn(trouble)
  }
  return project
}
