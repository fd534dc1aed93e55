import type { PlaceholderStyle } from '../config/config.ts'
import type { Settings } from '../config/settings.ts'
import type { Directive } from '../directive/directive.ts'
import { type AttributeTexts, readList } from './attributes.ts'

/** How a picture is encoded and shown: what its author may change for nothing. */
export interface Display {
  /** Absent where the author gave none; empty for decoration. */
  readonly alt: string | undefined
  readonly title: string | undefined
  readonly className: string | undefined
  readonly id: string | undefined
  /** Stem of the files. */
  readonly name: string | undefined
  /** Pixels, ascending, before the picture's own width caps them. */
  readonly widths: readonly number[]
  readonly sizes: string
  readonly formats: readonly ('avif' | 'webp')[]
  readonly fit: Fit
  readonly loading: 'lazy' | 'eager' | undefined
  readonly priority: 'high' | 'low' | 'auto' | undefined
  readonly placeholder: PlaceholderStyle
}

/** How a picture fills its shape, as CSS's `object-fit` has it. */
export type Fit = 'cover' | 'contain' | 'fill'

/**
 * Reads the free attributes of a directive over the configuration's defaults. Of a picture whose address alone is
 * wanted there is one file: the one that every browser shows, in full size.
 */
export function displayFor(
  directive: Directive,
  texts: AttributeTexts,
  settings: Settings,
): Display {
  const display = displayOf(texts, settings)
  const isAddress = directive.path !== undefined
  return isAddress ? { ...display, widths: [], formats: [], placeholder: 'none' } : display
}

function displayOf(texts: AttributeTexts, settings: Settings): Display {
  return {
    alt: texts.get('alt'),
    title: texts.get('title'),
    className: texts.get('class'),
    id: texts.get('id'),
    name: texts.get('name'),
    widths: widthsOf(texts.get('widths')) ?? settings.widths,
    sizes: texts.get('sizes') ?? settings.sizes,
    formats: formatsOf(texts.get('formats')) ?? settings.formats,
    fit: among(['cover', 'contain', 'fill'], texts.get('fit')) ?? 'cover',
    loading: among(['lazy', 'eager'], texts.get('loading')),
    priority: among(['high', 'low', 'auto'], texts.get('priority')),
    placeholder:
      among(['blur', 'colour', 'none'], texts.get('placeholder')) ?? settings.placeholder,
  }
}

function widthsOf(text: string | undefined): readonly number[] | undefined {
  if (text === undefined) return undefined
  return [...new Set(readList(text).map(Number))].toSorted((one, other) => one - other)
}

function formatsOf(text: string | undefined): readonly ('avif' | 'webp')[] | undefined {
  if (text === undefined) return undefined
  return readList(text).flatMap((word) => among(['avif', 'webp'], word) ?? [])
}

function among<const Word extends string>(
  words: readonly Word[],
  text: string | undefined,
): Word | undefined {
  return words.find((word) => word === text)
}
