import { fieldOf, isFields } from '@imprompt/core'
import type { PluginApi } from 'vite-plugin-imprompt'

/** What tells the addresses of pictures, which all begin with the base, from others. */
export interface Addresses {
  readonly base: string
  readonly fileAt: PluginApi['fileAt']
}

/**
 * Takes the base off the addresses of the pictures that VitePress's theme shows of a home page's front matter, as the
 * theme puts it there by itself.
 */
export function leaveBaseToTheme(frontmatter: unknown, addresses: Addresses): void {
  shorten(fieldOf(frontmatter, 'hero'), 'image', addresses)
  const features = fieldOf(frontmatter, 'features')
  if (!Array.isArray(features)) return
  for (const feature of features) shorten(feature, 'icon', addresses)
}

/** An image is an address, has it in `src`, or is one for each colour scheme. */
function shorten(holder: unknown, name: string, addresses: Addresses): void {
  const image = fieldOf(holder, name)
  if (isFields(image)) for (const part of ['src', 'light', 'dark']) shorten(image, part, addresses)
  else if (isFields(holder) && typeof image === 'string')
    if (addresses.fileAt(image) !== undefined)
      Object.assign(holder, { [name]: `/${image.slice(addresses.base.length)}` })
}
