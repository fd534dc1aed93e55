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
