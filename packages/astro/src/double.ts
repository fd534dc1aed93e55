import { ImpromptError } from '@imprompt/core'
import type { AstroConfig } from 'astro'

/** Name of the integration. */
export const ownName = '@imprompt/astro'

/**
 * Refuses the integration twice, and the plugin of Vite beside it, which it brings along: each would build the site by
 * itself.
 * @throws `CONFIG_INVALID`
 */
export function refuseDouble({
  integrations,
  vite,
}: Pick<AstroConfig, 'integrations' | 'vite'>): void {
  if (integrations.filter(({ name }) => name === ownName).length > 1)
    throw new ImpromptError(
      'CONFIG_INVALID',
      '`imprompt()` of `@imprompt/astro` stands more than once among the `integrations`; nothing was bought. Leave one there',
    )
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
