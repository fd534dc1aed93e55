/** What the integration takes. Everything else stands in `imprompt.config.ts`, where the command line reads it too. */
export interface Options {
  /**
   * Path of the configuration, relative to Astro's root.
   * @default the nearest `imprompt.config.ts`, `.mts`, `.js` or `.mjs` at or above Astro's root
   */
  readonly config?: string
  /**
   * A whole `<picture>`, or an image of Markdown itself, for plugins that sanitise HTML.
   * @default 'picture'
   */
  readonly markup?: 'picture' | 'markdown'
}
