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
        ...(set.isStill && { media: '(prefers-reduced-motion: reduce)' }),
        type: mediaTypeOf(set.format),
        srcSet: srcsetOf(set, urlOf),
        ...(set.format !== 'svg' && { sizes: display.sizes }),
      }),
    ),
    imageElement(shown, urlOf),
  ])
}

/**
 * A plain `<img>` of the file that every reader shows, for feeds and mail, which know neither sources nor style sheets.
 */
export function plainImage(shown: Shown, urlOf: (variant: Variant) => string): Element {
  const { size, digitalSourceType } = shown.picture.source
  return element('img', {
    src: addressOf(shown.picture, urlOf),
    width: size.width,
    height: size.height,
    alt: shown.display.alt ?? shown.prompt,
    ...(shown.display.title !== undefined && { title: shown.display.title }),
    dataDigitalSourceType: digitalSourceType,
  })
}

/** URL of the finished picture in the encoding that every browser shows. */
export function addressOf(picture: Picture, urlOf: (variant: Variant) => string): string {
  const widest = picture.fallback.variants.at(-1)
  return widest === undefined ? '' : urlOf(widest)
}

function imageElement(shown: Shown, urlOf: (variant: Variant) => string): Element {
  const { picture, display, prompt, standIn, isFirst } = shown
  const { fallback, source } = picture
  const isEager = display.loading === 'eager' || (display.loading === undefined && isFirst)
  const priority = display.priority ?? (isEager ? 'high' : undefined)
  return element('img', {
    src: addressOf(picture, urlOf),
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

/** A drawing is one file for every width, and needs none told. */
function srcsetOf(set: VariantSet, urlOf: (variant: Variant) => string): string {
  if (set.format === 'svg') return set.variants.map(urlOf).join(', ')
  return set.variants.map((variant) => `${urlOf(variant)} ${variant.width}w`).join(', ')
}

function element(
  tagName: string,
  properties: Element['properties'],
  children: Element[] = [],
): Element {
  return { type: 'element', tagName, properties, children }
}
