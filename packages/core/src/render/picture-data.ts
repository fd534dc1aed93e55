import type { Element } from 'hast'
import type { Variant } from '../optimise/picture.ts'
import { htmlOf } from './markup.ts'
import { type Shown, pictureElement } from './picture-element.ts'

/** A picture as plain data, for components that write their own markup. */
export interface PictureData {
  /** URL of the widest file in the encoding that every browser shows. */
  readonly src: string
  readonly srcset: string
  readonly sizes: string
  readonly width: number
  readonly height: number
  readonly alt: string
  /** The better encodings, best first; those with `media` only where that query matches. */
  readonly sources: readonly {
    readonly media?: string
    readonly type: string
    readonly srcset: string
  }[]
  /** The whole `<picture>` as HTML. */
  readonly html: string
}

/** @param urlOf Answers the URL of a file. */
export function pictureData(shown: Shown, urlOf: (variant: Variant) => string): PictureData {
  const element = pictureElement(shown, urlOf)
  const children = element.children.flatMap((child) => (child.type === 'element' ? [child] : []))
  const image = children.find((child) => child.tagName === 'img')
  return {
    src: propertyOf(image, 'src'),
    srcset: propertyOf(image, 'srcSet'),
    sizes: propertyOf(image, 'sizes'),
    width: shown.picture.source.size.width,
    height: shown.picture.source.size.height,
    alt: propertyOf(image, 'alt'),
    sources: children
      .filter((child) => child.tagName === 'source')
      .map((child) => ({
        ...(child.properties['media'] !== undefined && { media: propertyOf(child, 'media') }),
        type: propertyOf(child, 'type'),
        srcset: propertyOf(child, 'srcSet'),
      })),
    html: htmlOf(element),
  }
}

function propertyOf(element: Element | undefined, name: string): string {
  return String(element?.properties[name] ?? '')
}
