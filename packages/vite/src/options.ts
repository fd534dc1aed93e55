/** What the plugin takes. Everything else stands in `imprompt.config.ts`, where the command line reads it too. */
export interface Options {
  /**
   * Path of the configuration, relative to Vite's root.
   * @default the nearest `imprompt.config.ts`, `.mts`, `.js` or `.mjs` at or above Vite's root
   */
  readonly config?: string
}
