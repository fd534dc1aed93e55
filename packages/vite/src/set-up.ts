import { ImpromptError } from '@imprompt/core'
import type { Plugin, ResolvedConfig } from 'vite'

/**
 * Refuses a framework that reads Markdown past Vite's transforms and was not told of pictures: they would be bought, and
 * shown nowhere.
 * @throws `CONFIG_INVALID`
 */
export function refuseBypass({ plugins }: Pick<ResolvedConfig, 'plugins'>): void {
  const isThere = (wanted: string): boolean => plugins.some(({ name }) => name === wanted)
  if (!isThere('astro:markdown')) return
  if (isThere('imprompt:astro'))
    throw new ImpromptError(
      'CONFIG_INVALID',
      '`@imprompt/astro` brings `vite-plugin-imprompt` along, which stands in `vite.plugins` besides; what was bought is stored. Take it out of `vite.plugins`',
    )
  throw new ImpromptError(
    'CONFIG_INVALID',
    "Astro reads Markdown by itself, so that the plugin of Vite alone sees none of it; nothing was bought. Install `@imprompt/astro`, put its `imprompt()` among the `integrations` of Astro's configuration, and take `vite-plugin-imprompt` out of `vite.plugins`: the integration brings it along",
  )
}

/** Warns of what seems wrong with a set-up; answers nothing where nothing does. */
export function doubtOf(config: Pick<ResolvedConfig, 'plugins' | 'resolve'>): string | undefined {
  return doubleDoubt(config) ?? bypassDoubt(config) ?? orderDoubt(config)
}

/** Warns of a framework that also reads Markdown past Vite's transforms; answers nothing where there is none. */
function bypassDoubt({
  plugins,
  resolve,
}: Pick<ResolvedConfig, 'plugins' | 'resolve'>): string | undefined {
  const isThere = (name: string): boolean => plugins.some((plugin) => plugin.name === name)
  // Nuxt Content takes part in Vite by nothing but the names of what it makes.
  if (resolve.alias.some(({ find }) => find === '#content/components'))
    return 'Nuxt Content reads Markdown by itself, where the plugin of Vite shows no pictures: pass its texts through `openPictures` of `@imprompt/core`, by the lines that `imprompt init` prints, and take `imprompt()` out of `vite.plugins`'
  if (!isThere('vitepress') || isThere('imprompt:vitepress')) return undefined
  return 'VitePress also reads Markdown by itself, for its search, included files and content loaders, where the plugin of Vite shows no pictures: wrap the configuration, `export default withImprompt(defineConfig({ … }))`, by `markdown-it-imprompt/vitepress`, and take `imprompt()` out of `vite.plugins`'
}

/** Warns of a plugin that stands twice among others, where the second finds nothing left; answers nothing where it does not. */
function doubleDoubt({ plugins }: Pick<ResolvedConfig, 'plugins'>): string | undefined {
  const ours = plugins.filter(({ name }) => name === 'imprompt')
  if (ours.length < 2) return undefined
  const isWired = plugins.some(({ name }) => name === 'imprompt:vitepress')
  const wayOut = isWired
    ? 'which `withImprompt` brings along: take it'
    : 'of which one is enough: take the other'
  return `\`imprompt()\` stands ${ours.length === 2 ? 'twice' : `${ours.length} times`} among the plugins, ${wayOut} out, as its options may differ`
}

/** Names of plugins that compile Markdown. */
const compilers = /(?:^|[^a-z])(?:markdown|mdx?|mdsvex|svx)(?:[^a-z]|$)/i

/**
 * Warns of plugins that get hold of Markdown before ours, as far as they can be told: nothing but a hook of `order: 'pre'`
 * of a plugin that comes first does. Answers nothing where there is none.
 */
function orderDoubt({ plugins }: Pick<ResolvedConfig, 'plugins'>): string | undefined {
  const at = plugins.findIndex(({ name }) => name === 'imprompt')
  const names = plugins
    .slice(0, Math.max(at, 0))
    .filter((plugin) => compilers.test(plugin.name) && comesFirst(plugin))
    .map(({ name }) => `\`${name}\``)
  if (names.length === 0) return undefined
  return `${new Intl.ListFormat('en-GB').format(names)} may compile Markdown before imprompt sees it, so that directives would stay as they are: put \`imprompt()\` first among the plugins`
}

function comesFirst({ load, transform }: Plugin): boolean {
  return [load, transform].some((hook) => typeof hook === 'object' && hook.order === 'pre')
}
