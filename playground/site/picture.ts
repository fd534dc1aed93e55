import type { Element, ElementContent } from 'hast'
import { fromHtml } from 'hast-util-from-html'
import type { PictureData } from 'vite-plugin-imprompt'
import { pictureIn } from './figures.ts'
import type { Load } from './page.ts'

/** A picture of the configuration, by its name. */
export async function configuredPicture(name: string, load: Load): Promise<Element> {
  const { html } = await load<PictureData>(`virtual:imprompt/${name}`)
  const picture = pictureIn(fromHtml(html, { fragment: true }))
  if (picture === undefined) throw new Error(`The picture \`${name}\` holds no <picture>`)
  return picture
}

/** A post's picture beside its title on another page: smaller, later, and silent, since the title speaks. */
export function asThumbnail(picture: Element, sizes: string): Element {
  return { ...picture, children: picture.children.map((child) => thumbnailPart(child, sizes)) }
}

function thumbnailPart(child: ElementContent, sizes: string): ElementContent {
  if (child.type !== 'element') return child
  if (child.tagName === 'source') return { ...child, properties: { ...child.properties, sizes } }
  const { fetchPriority: _priority, className: _class, ...properties } = child.properties
  return { ...child, properties: { ...properties, sizes, alt: '', loading: 'lazy' } }
}
