import type { Element } from 'hast'
import { type Picture, type Variant, type VariantSet, mediaTypeOf } from '../optimise/picture.ts'
import type { Display } from '../request/display.ts'

/** A picture with everything that its markup says. */
export interface Shown {
  readonly picture: Picture
  readonly display: Display
  /** Text for those who do not see the picture where its author gave none. */
  readonly prompt: string
  /** CSS background for the time of loading. */
  readonly standIn: string | undefined
  /** The first picture of a page is wanted at once. */
  readonly isFirst: boolean
}

/**
 * A `<picture>` as a hast tree, so that every host serialises and escapes it by its own rules.
 * @param urlOf Answers the URL of a file.
 */
export function pictureElement(shown: Shown, urlOf: (variant: Variant) => string): Element {
  const { picture, display } = shown
  return element('picture', {}, [
    ...picture.sources.map((set) =>
      element('source', {
        type: mediaTypeOf(set.format),
        srcSet: srcsetOf(set, urlOf),
        sizes: display.sizes,
      }),
    ),
    imageElement(shown, urlOf),
  ])
}

function imageElement(shown: Shown, urlOf: (variant: Variant) => string): Element {
  const { picture, display, prompt, standIn, isFirst } = shown
  const { fallback, source } = picture
  const widest = fallback.variants.at(-1)
  const isEager = display.loading === 'eager' || (display.loading === undefined && isFirst)
  const priority = display.priority ?? (isEager ? 'high' : undefined)
  return element('img', {
    src: widest === undefined ? '' : urlOf(widest),
    srcSet: srcsetOf(fallback, urlOf),
    sizes: display.sizes,
    width: source.size.width,
    height: source.size.height,
    alt: display.alt ?? prompt,
    ...(display.title !== undefined && { title: display.title }),
    ...(display.className !== undefined && { className: display.className.split(' ') }),
    ...(display.id !== undefined && { id: display.id }),
    ...(isEager ? {} : { loading: 'lazy' }),
    ...(priority !== undefined && { fetchPriority: priority }),
    decoding: 'async',
    ...(standIn !== undefined && { style: `background:${standIn}` }),
    dataDigitalSourceType: source.digitalSourceType,
  })
}

function srcsetOf(set: VariantSet, urlOf: (variant: Variant) => string): string {
  return set.variants.map((variant) => `${urlOf(variant)} ${variant.width}w`).join(', ')
}

function element(
  tagName: string,
  properties: Element['properties'],
  children: Element[] = [],
): Element {
  return { type: 'element', tagName, properties, children }
}
