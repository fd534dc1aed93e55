import type { Rollup, ViteDevServer } from 'vite'
import type { Load } from './page.ts'

/** Loads modules through a build, where the addresses of pictures are marks that Vite replaces later. */
export function loadInBuild(context: Pick<Rollup.PluginContext, 'resolve' | 'load'>): Load {
  return async (id) => {
    const resolved = await context.resolve(id)
    if (resolved === null) throw new Error(`No module \`${id}\``)
    const { code } = await context.load(resolved)
    const module = await import(`data:text/javascript,${encodeURIComponent(code ?? '')}`)
    return module.default
  }
}

/** Loads modules through a development server. */
export function loadInDevelopment(server: ViteDevServer): Load {
  return async (id) => {
    const module = await server.ssrLoadModule(id)
    return module['default']
  }
}
