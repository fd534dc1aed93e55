import { ImpromptError, type Scene } from '@imprompt/core'
import type { ResolvedConfig } from 'vite'

/**
 * What goes before the path of a file to make its address absolute: nothing where it is so already, and in development,
 * where nobody subscribes.
 * @throws `CONFIG_INVALID` where no absolute address can be known.
 */
export function originOf(config: ResolvedConfig, site: string | undefined): string {
  if (config.command === 'serve' || /^https?:/.test(config.base)) return ''
  if (site === undefined) throw invalid("add to imprompt.config: site: 'https://example.com'")
  if (!config.base.startsWith('/'))
    throw invalid(`set \`base\` of Vite to an absolute one, as \`${config.base}\` has none`)
  return site
}

/** A scene whose pictures have absolute addresses, as feeds and mail want them. */
export function withOrigin({ gallery, publish }: Scene, origin: string): Scene {
  return {
    gallery,
    publish: async (shown, files) => {
      const urlOf = await publish(shown, files)
      return (variant) => origin + urlOf(variant)
    },
  }
}

function invalid(wayOut: string): ImpromptError {
  return new ImpromptError(
    'CONFIG_INVALID',
    `\`?raw&markup=img\` asks for pictures with absolute addresses, and the site's origin is not known; ${wayOut}. What was bought is stored`,
  )
}
