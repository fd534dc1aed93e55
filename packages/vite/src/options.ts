import { ImpromptError, didYouMean, nearestOf } from '@imprompt/core'

/** What the plugin takes. Everything else stands in `imprompt.config.ts`, where the command line reads it too. */
export interface Options {
  /**
   * Path of the configuration, relative to Vite's root.
   * @default the nearest `imprompt.config.ts`, `.mts`, `.js` or `.mjs` at or above Vite's root
   */
  readonly config?: string
  /**
   * A whole `<picture>`, or an image of Markdown itself, for compilers that drop HTML or plugins that sanitise it.
   * @default 'picture', and 'markdown' in files named `.md` where `@mdx-js/rollup` compiles them
   */
  readonly markup?: 'picture' | 'markdown'
}

const names = ['config', 'markup']
const forms = new Set<unknown>(['picture', 'markdown'])

/**
 * Refuses what the plugin does not take: a budget that nobody reads would hold nothing.
 * @throws `CONFIG_INVALID`, which names every option that does not fit
 */
export function refuseOptions(options: Options): void {
  const { config, markup } = options
  const faults = [
    ...Object.keys(options)
      .filter((name) => !names.includes(name))
      .map((name) => `unknown option \`${name}\`${didYouMean(nearestOf(name, names))}`),
    ...(config === undefined || typeof config === 'string' ? [] : ['`config` is no path']),
    ...(markup === undefined || forms.has(markup)
      ? []
      : [`unexpected markup \`${markup}\`, expected \`picture\` or \`markdown\``]),
  ]
  if (faults.length === 0) return
  throw new ImpromptError(
    'CONFIG_INVALID',
    `\`imprompt()\` cannot take its options: ${faults.join('; ')}; nothing was bought. It takes \`config\` and \`markup\`; everything else stands in \`imprompt.config.ts\``,
  )
}
