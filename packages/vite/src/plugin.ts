import { readFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import {
  ImpromptError,
  appendStepSummary,
  githubAnnotations,
  openProject,
  reportText,
} from '@imprompt/core'
import type { Plugin, ResolvedConfig } from 'vite'
import { buildHost } from './build-host.ts'
import { devHost } from './dev-host.ts'
import type { Emitter } from './emit.ts'
import { refuseExposure } from './exposure.ts'
import { originOf, withOrigin } from './feed.ts'
import type { Host } from './host.ts'
import type { Options } from './options.ts'
import { createDevAssets } from './dev-assets.ts'
import {
  isCompiled,
  isRaw,
  mayAskForPictures,
  markdownFile,
  markupOf,
  placeFile,
  rewriteSource,
} from './source.ts'
import { typesOf, virtualModule, virtualName } from './virtual.ts'

/**
 * Turns the prompts of Markdown files and of `imprompt.config.ts` into pictures. A build scans, prices and buys once,
 * before anything is transformed; hooks only look up. Development never buys.
 */
export function imprompt(options: Options = {}): Plugin {
  const assets = createDevAssets()
  let host: Host | undefined
  let origin: (() => string) | undefined
  const ready = (): Host => {
    if (host === undefined) throw new Error('imprompt: a hook ran before `configResolved`')
    return host
  }
  const rewriteModule = async (source: string, id: string, emitter: Emitter) => {
    const file = markdownFile(id)
    if (file === undefined) return undefined
    const { project, sceneFor } = ready()
    const { pipeline } = project
    const place = placeFile(pipeline.root, file)
    const content = pipeline.read(source, place)
    if (content.directives.length === 0 && content.problems.length === 0) return undefined
    const scene = await sceneFor(content, emitter)
    const markup = markupOf(id)
    const manuscript = { source, file: place, directives: content.directives, markup }
    return rewriteSource(manuscript, markup === 'img' ? withOrigin(scene, origin?.() ?? '') : scene)
  }
  return {
    name: 'imprompt',
    enforce: 'pre',
    apply: (_config, { isPreview }) => isPreview !== true,
    configResolved: async (config) => {
      const project = await openFor(config, options)
      origin = () => originOf(config, project.pipeline.settings.site)
      host =
        config.command === 'build'
          ? buildHost(project, pluginsBefore(config))
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
        print: (report) => {
          const { logger } = this.environment
          logger.info(`\n${reportText(report)}\n`)
          const { root } = ready().project.pipeline
          for (const line of githubAnnotations(report.problems, root, process.env))
            logger.info(line)
        },
        tell: (line) => this.environment.logger.info(line),
        summarise: (report, failure) => {
          const { prompts } = ready().project.pipeline.settings
          return appendStepSummary(report, process.env, { failure, prompts })
        },
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
        const rewritten = await rewriteModule(source, id, this)
        return rewritten && `export default ${JSON.stringify(rewritten.code)}`
      },
    },
    transform: {
      order: 'pre',
      filter: { code: mayAskForPictures },
      async handler(code, id) {
        const file = markdownFile(id)
        // What was compiled already is a left-over, which the end of the build tells.
        if (file === undefined || isRaw(id) || (await isCompiled(code, file))) return undefined
        return rewriteModule(code, id, this)
      },
    },
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const { project, leftOversIn } = ready()
        const level = project.pipeline.settings.leftOvers
        const message = level === 'off' ? undefined : await leftOversIn(bundle)
        if (message === undefined) return
        if (level === 'warn') this.warn(message)
        else throw new ImpromptError('LEFT_OVERS', message)
      },
    },
  }
}

/** Vite's own plugins compile no Markdown. */
function pluginsBefore({ plugins }: ResolvedConfig): readonly string[] {
  const names = plugins.map(({ name }) => name)
  const before = names.slice(0, names.indexOf('imprompt'))
  return before.filter((name) => name !== 'alias' && !/^(?:vite|rolldown|builtin):/.test(name))
}

async function openFor(config: ResolvedConfig, options: Options) {
  const project = await openProject({
    folder: config.root,
    environment: process.env,
    envMode: config.mode,
    outputFolders: [resolve(config.root, config.build.outDir)],
    ...(options.config !== undefined && { config: options.config }),
  })
  refuseExposure(config, project)
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
