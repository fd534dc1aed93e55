import { ImpromptError } from '@imprompt/core'
import type { AstroConfig } from 'astro'

/**
 * Refuses the plugin of Vite beside the integration, which brings it along: each would build the site by itself.
 * @throws `CONFIG_INVALID`
 */
export function refuseDouble({ vite }: AstroConfig): void {
  const plugins: readonly unknown[] = vite.plugins?.flat(3) ?? []
  if (!plugins.some(isOurs)) return
  throw new ImpromptError(
    'CONFIG_INVALID',
    '`@imprompt/astro` brings `vite-plugin-imprompt` along, which stands in `vite.plugins` besides; nothing was bought. Take it out of `vite.plugins`',
  )
}

function isOurs(plugin: unknown): boolean {
  return (
    typeof plugin === 'object' && plugin !== null && 'name' in plugin && plugin.name === 'imprompt'
  )
}
