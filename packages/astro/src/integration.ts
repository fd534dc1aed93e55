import { fileURLToPath } from 'node:url'
import type { AstroIntegration } from 'astro'
import vitePlugin from 'vite-plugin-imprompt'
import { contentOf } from './content.ts'
import { ownName, refuseDouble } from './double.ts'
import { frameOf } from './frame.ts'
import { groundOf, isLent } from './ground.ts'
import { located } from './located.ts'
import { astroModules } from './modules.ts'
import type { Options } from './options.ts'

/**
 * Turns the prompts of pages and of content collections into pictures. A build prices and buys once, before Astro
 * reads any content. Development, `astro sync` and `astro check` never buy.
 */
export function imprompt(options: Options = {}): AstroIntegration {
  const { markup = 'picture' } = options
  const plugin = vitePlugin(options)
  const { api } = plugin
  const failures: unknown[] = []
  let configFile: string | undefined
  return {
    name: ownName,
    hooks: {
      'astro:config:setup': async ({ command, config, logger, updateConfig }) => {
        if (command === 'preview') return
        refuseDouble(config)
        const isTool = isLent(process.argv, process.env)
        const purpose = isTool && command === 'build' ? 'sync' : command
        configFile = await located(api.open(groundOf(config, purpose, logger)))
        // Astro keeps what it has compiled, whose addresses nobody asks for.
        if (command === 'build' && !isTool) await api.handOutAll()
        const frame = frameOf(api.pictures, markup)
        const folder = fileURLToPath(new URL('imprompt/', config.cacheDir))
        const content = contentOf({
          frame,
          // Tools compile no collection, and scan nothing.
          fingerprint: isTool ? markup : `${markup} ${(await api.pictures()).fingerprint()}`,
          isBuild: command === 'build',
          onFailure: (failure) => failures.push(failure),
        })
        updateConfig({
          vite: { plugins: [astroModules(api, frame, folder), plugin] },
          integrations: [content],
        })
      },
      'astro:server:setup': ({ server, logger }) => {
        if (configFile === undefined) return
        server.watcher.add(configFile)
        server.watcher.on('change', (path) => {
          // Astro restarts by itself without reading collections again.
          if (path === configFile)
            logger.warn(`${path} has changed; start \`astro dev\` anew to see what it says`)
        })
      },
      'astro:build:start': () => {
        if (failures.length > 0) throw failures[0]
      },
      'astro:build:done': async ({ dir, pages }) => {
        if (pages.length > 0) await api.searchOutput(fileURLToPath(dir))
        api.close()
      },
    },
  }
}
