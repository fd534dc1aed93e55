import { existsSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { reasonOf } from '@imprompt/core'
import type { ViteDevServer } from 'vite'
import type { Site } from './site.ts'
import { markdownFile } from './source.ts'
import { virtualName } from './virtual.ts'

/** A purchase writes several pictures, one after the other. */
const quietMs = 300

/**
 * Has pages of a development server show what is bought, adopted or taken away meanwhile, by whatever command: modules
 * with pictures are made anew, and pages loaded again.
 */
export function watchStore(server: ViteDevServer, site: Pick<Site, 'storeFolder' | 'renew'>): void {
  const folder = join(site.storeFolder(), 'images')
  const entries = folder + sep
  let waiting: NodeJS.Timeout | undefined
  const renew = async (): Promise<void> => {
    await site.renew()
    for (const module of server.moduleGraph.idToModuleMap.values()) {
      const id = module.id ?? ''
      const hasPictures = markdownFile(id) !== undefined || virtualName(id.slice(1)) !== undefined
      if (hasPictures) server.moduleGraph.invalidateModule(module)
    }
    server.ws.send({ type: 'full-reload' })
  }
  // What stands below the root is watched by Vite itself; a folder that is not there cannot be.
  const isBeside = relative(server.config.root, folder).startsWith('..')
  if (isBeside && existsSync(folder)) server.watcher.add(folder)
  server.watcher.on('all', (_event, path) => {
    if (!path.startsWith(entries)) return
    clearTimeout(waiting)
    waiting = setTimeout(() => {
      renew().catch((cause: unknown) => server.config.logger.warn(reasonOf(cause)))
    }, quietMs)
  })
  server.httpServer?.once('close', () => clearTimeout(waiting))
}
