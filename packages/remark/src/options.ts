import type { Markup, PictureFolder } from '@imprompt/core'

/** Where pictures are written, and where the project is. */
export interface Options {
  readonly assets: PictureFolder
  /**
   * A whole `<picture>`, or the plain `<img>` that feeds and mail want.
   * @default 'picture'
   */
  readonly markup?: Extract<Markup, 'picture' | 'img'>
  /**
   * A folder of the project.
   * @default the working directory
   */
  readonly root?: string
  /**
   * Path of the configuration, relative to `root`.
   * @default the nearest `imprompt.config.ts`, `.mts`, `.js` or `.mjs` at or above `root`
   */
  readonly config?: string
}

/** @throws where an option is missing that nothing can stand in for, as plain JavaScript allows. */
export function checkOptions(options: Partial<Options> | undefined): void {
  const { dir, base } = options?.assets ?? {}
  const markup = options?.markup ?? 'picture'
  const isMarkup = markup === 'picture' || markup === 'img'
  const isBase = typeof base === 'string' && base.endsWith('/')
  if (typeof dir === 'string' && isBase && isMarkup) return
  throw new TypeError(
    "Unexpected options of remark-imprompt, expected `assets: { dir: 'public/pictures', base: '/pictures/' }` with a slash at the end of `base`, and `markup` as `picture` or `img`",
  )
}
