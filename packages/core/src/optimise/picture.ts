import { hash } from 'node:crypto'
import type { PictureFormat } from '../config/config.ts'
import type { DigitalSourceType, Size } from '../ports.ts'
import type { Display, Fit } from '../request/display.ts'

/** Where a picture's files are made from. */
export interface PictureSource {
  /** Names the pixels: an original's SHA-256, or what a placeholder was drawn from. */
  readonly id: string
  readonly isOpaque: boolean
  readonly digitalSourceType: DigitalSourceType
  /** Exact pixels of the finished picture; the source covers it. */
  readonly size: Size
  load(): Promise<Uint8Array>
}

/** One file of a picture. */
export interface Variant extends Size {
  /** Names pixels, transform and encoder: 64 lower-case hex digits. */
  readonly id: string
  readonly format: PictureFormat
  readonly fit: Fit
}

/** A picture as a page shows it: files by encoding, best first, and the fallback that every browser shows. */
export interface Picture {
  readonly source: PictureSource
  readonly sources: readonly VariantSet[]
  readonly fallback: VariantSet
}

/** The files of one encoding. */
export interface VariantSet {
  readonly format: PictureFormat
  /** Ascending in width; never empty. */
  readonly variants: readonly Variant[]
}

/** Says which files a picture needs: each encoding at each width, never wider than the picture itself. */
export function pictureOf(source: PictureSource, display: Display, encoder: string): Picture {
  const { size } = source
  const widths = [...display.widths.filter((width) => width < size.width), size.width]
  const setOf = (format: PictureFormat): VariantSet => ({
    format,
    variants: widths.map((width) => {
      const height = Math.max(1, Math.round((size.height * width) / size.width))
      const { id: pixels, digitalSourceType } = source
      const recipe = { pixels, digitalSourceType, width, height, format, fit: display.fit, encoder }
      return { id: idOf(recipe), width, height, format, fit: display.fit }
    }),
  })
  return {
    source,
    sources: display.formats.map(setOf),
    fallback: setOf(source.isOpaque ? 'jpeg' : 'png'),
  }
}

/** Every file of a picture. */
export function variantsOf(picture: Picture): readonly Variant[] {
  return [...picture.sources, picture.fallback].flatMap((set) => set.variants)
}

/** `jpg`, `avif` …: what a file of this encoding is called. */
export function extensionOf(format: PictureFormat): string {
  return format === 'jpeg' ? 'jpg' : format
}

/** `image/avif`, `image/jpeg` …: the type that a file is served under. */
export function mediaTypeOf(format: PictureFormat): string {
  return `image/${format}`
}

function idOf(recipe: Readonly<Record<string, string | number>>): string {
  return hash('sha256', JSON.stringify(Object.entries(recipe)), 'hex')
}
