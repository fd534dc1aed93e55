import slugify from '@sindresorhus/slugify'
import type { Shown } from './picture-element.ts'

const maxLength = 48

/**
 * What the files of a picture are called before their hash: its name, or the first words of its alternative text.
 * A prompt that its author replaced by an `alt` does not reach the page, nor a file's name.
 */
export function fileStemOf(shown: Shown): string {
  const { display, prompt } = shown
  const words = slugify(display.name ?? display.alt ?? prompt)
  const stem = words
    .slice(0, maxLength)
    .replace(/-[^-]*$/, (last) => (words.length > maxLength ? '' : last))
  return stem === '' ? 'picture' : stem
}
