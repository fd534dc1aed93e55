import { hash } from 'node:crypto'
import type { PictureFormat } from '../config/config.ts'
import type { DigitalSourceType, Size } from '../ports.ts'
import type { Display, Fit } from '../request/display.ts'

/** Where a picture's files are made from. */
export interface PictureSource {
  /** Names the pixels: an original's SHA-256, or what a placeholder was drawn from. */
  readonly id: string
  readonly isOpaque: boolean
  /** How it is kept where it is no still picture: a GIF that moves, or an SVG. */
  readonly shape?: 'animation' | 'drawing'
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
  /** The first frame of an animation, for readers who want no motion. */
  readonly isStill?: true
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
  /** Ascending in width; never empty. A drawing has one file for all widths. */
  readonly variants: readonly Variant[]
  /** Files for readers who want no motion, before all others. */
  readonly isStill?: true
}

/**
 * Says which files a picture needs: each encoding at each width, never wider than the picture itself. An animation
 * becomes WebP and GIF, with a still WebP for readers who want no motion; a drawing stays one, with pixels to fall back
 * to. Where no encoding is wanted there is the fallback alone.
 */
export function pictureOf(source: PictureSource, display: Display, encoder: string): Picture {
  const setOf = setMakerFor(source, display, encoder)
  const { formats } = display
  const { shape } = source
  const pixels = setOf(source.isOpaque ? 'jpeg' : 'png')
  if (shape === undefined)
    return { source, sources: formats.map((format) => setOf(format)), fallback: pixels }
  switch (shape) {
    case 'animation': {
      const moving = formats.includes('webp') ? [setOf('webp')] : []
      const sources = formats.length === 0 ? [] : [setOf('webp', true), ...moving]
      return { source, sources, fallback: setOf('gif') }
    }
    case 'drawing':
      return { source, sources: formats.length === 0 ? [] : [setOf('svg')], fallback: pixels }
  }
}

type SetMaker = (format: PictureFormat, isStill?: true) => VariantSet

function setMakerFor(source: PictureSource, { widths, fit }: Display, encoder: string): SetMaker {
  const { id: pixels, digitalSourceType, size, shape } = source
  const all = [...widths.filter((width) => width < size.width), size.width]
  return (format, isStill) => {
    const still = isStill === undefined ? {} : { isStill }
    return {
      format,
      ...still,
      variants: (format === 'svg' ? [size.width] : all).map((width) => {
        const height = Math.max(1, Math.round((size.height * width) / size.width))
        const recipe = { pixels, digitalSourceType, width, height, format, fit, encoder }
        // A still picture's recipe says nothing of it, so that its files keep their names.
        const kind = shape === undefined ? {} : { shape, isStill: isStill ?? false }
        return { id: idOf({ ...recipe, ...kind }), width, height, format, fit, ...still }
      }),
    }
  }
}

/** Every file of a picture. */
export function variantsOf(picture: Picture): readonly Variant[] {
  return [...picture.sources, picture.fallback].flatMap((set) => set.variants)
}

/** The file that a page gives those who see a picture largest, in the encoding that comes first; it may move. */
export function largestFile({ sources, fallback }: Picture): Variant | undefined {
  const set = sources.find(({ isStill }) => isStill !== true) ?? fallback
  return set.variants.at(-1)
}

/** Pixels that a picture in a list of pictures may have. */
const thumbnailBox = { width: 400, height: 300 }

/** A small file of a picture that stands still, and fits into a box. */
export function thumbnailOf(
  { id, digitalSourceType, size }: PictureSource,
  encoder: string,
  box: Size = thumbnailBox,
): Variant {
  const scale = Math.min(1, box.width / size.width, box.height / size.height)
  const width = Math.max(1, Math.round(size.width * scale))
  const height = Math.max(1, Math.round(size.height * scale))
  const shape = { width, height, format: 'avif', fit: 'cover', isStill: true } as const
  const recipe = { purpose: 'thumbnail', pixels: id, digitalSourceType, encoder, ...shape }
  return { id: idOf(recipe), ...shape }
}

/** `jpg`, `avif` …: what a file of this encoding is called. */
export function extensionOf(format: PictureFormat): string {
  return format === 'jpeg' ? 'jpg' : format
}

/** `image/avif`, `image/jpeg` …: the type that a file is served under. */
export function mediaTypeOf(format: PictureFormat): string {
  return format === 'svg' ? 'image/svg+xml' : `image/${format}`
}

function idOf(recipe: Readonly<Record<string, string | number | boolean>>): string {
  return hash('sha256', JSON.stringify(Object.entries(recipe)), 'hex')
}
