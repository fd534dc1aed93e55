import slugify from '@sindresorhus/slugify'
import { type Variant, extensionOf } from '../optimise/picture.ts'
import type { Shown } from './picture-element.ts'

const maxLength = 48

/** What a picture is called by. */
interface Named extends Pick<Shown, 'prompt'> {
  readonly display: Pick<Shown['display'], 'name' | 'alt'>
}

/**
 * What the files of a picture are called before their hash: its name, or the first words of its alternative text.
 * A prompt that its author replaced by an `alt` does not reach the page, nor a file's name.
 */
export function fileStemOf({ display, prompt }: Named): string {
  const words = slugify(display.name ?? display.alt ?? prompt)
  const stem = words
    .slice(0, maxLength)
    .replace(/-[^-]*$/, (last) => (words.length > maxLength ? '' : last))
  return stem === '' ? 'picture' : stem
}

/** The whole name of a file of a picture, which changes with its content. */
export function hashedNameOf(shown: Named, { width, id, format }: Variant): string {
  return `${fileStemOf(shown)}-${width}-${id.slice(0, 10)}.${extensionOf(format)}`
}
