import {
  type Directive,
  type PictureUrl,
  type Scene,
  addressOf,
  filesFor,
  pictureElement,
  plainImage,
} from '@imprompt/core'
import type { FoundDirective } from './find.ts'
import type { Options } from './options.ts'

/** Makes elements of the directives in a text. */
export async function showInText(
  found: readonly FoundDirective[],
  { gallery, publish }: Scene,
  markup: NonNullable<Options['markup']>,
): Promise<void> {
  const elementOf = markup === 'img' ? plainImage : pictureElement
  for (const [index, { node, directive }] of found.entries()) {
    const shown = await gallery.show(directive, index === 0)
    if (shown === undefined) continue
    const { tagName, properties, children } = elementOf(
      shown,
      await publish(shown, filesFor(shown, markup)),
    )
    const elements = children.flatMap((child) => (child.type === 'element' ? [child] : []))
    node.data = { hName: tagName, hProperties: properties, hChildren: elements }
  }
}

/** The addresses of the pictures that stand in data, by their paths. */
export async function addressesOf(
  directives: readonly Directive[],
  { gallery, publish }: Scene,
): Promise<readonly PictureUrl[]> {
  const addresses = directives.map(async (directive) => {
    const shown = await gallery.show(directive, false)
    if (shown === undefined || directive.path === undefined) return []
    return [
      {
        path: directive.path,
        url: addressOf(shown.picture, await publish(shown, filesFor(shown, 'img'))),
      },
    ]
  })
  return (await Promise.all(addresses)).flat()
}
