import { fieldOf, isFields } from '@imprompt/core'

/** The end of an address of ours, in a build or in development. */
const address = /(?:-\d+-[\da-f]{10}|\/@imprompt\/[\da-f]+)\.[a-z]+$/

/**
 * Takes the base off the addresses of the pictures that VitePress's theme shows of a home page's front matter, as the
 * theme puts it there by itself.
 */
export function leaveBaseToTheme(frontmatter: unknown, base: string): void {
  shorten(fieldOf(frontmatter, 'hero'), 'image', base)
  const features = fieldOf(frontmatter, 'features')
  if (!Array.isArray(features)) return
  for (const feature of features) shorten(feature, 'icon', base)
}

/** An image is an address, has it in `src`, or is one for each colour scheme. */
function shorten(holder: unknown, name: string, base: string): void {
  const image = fieldOf(holder, name)
  if (isFields(image)) for (const part of ['src', 'light', 'dark']) shorten(image, part, base)
  else if (isFields(holder) && typeof image === 'string' && image.startsWith(base))
    if (address.test(image)) Object.assign(holder, { [name]: `/${image.slice(base.length)}` })
}
