import type { Variant } from '../optimise/picture.ts'
import { type Shown, addressOf } from './picture-element.ts'

/**
 * An image of Markdown itself. Every mark in its texts is a character reference, so that no compiler reads it as markup,
 * as code or as the end of a table's cell.
 */
export function markdownOf(
  { picture, display, prompt }: Shown,
  urlOf: (variant: Variant) => string,
): string {
  const { alt = prompt, title } = display
  const address = addressOf(picture, urlOf).replaceAll(/[\s()<>\\|]/g, percentEncoded)
  return `![${quiet(alt)}](${address}${title === undefined ? '' : ` "${quiet(title)}"`})`
}

/** The alternative text alone, for a text that is searched and not looked at. */
export function altTextOf({ display, prompt }: Shown): string {
  return quiet(display.alt ?? prompt)
}

/** Letters, digits and what ends a sentence stay as they are. */
function quiet(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[!-+/:<-@[-`{-~]/g, (mark) => `&#${mark.codePointAt(0)};`)
}

function percentEncoded(character: string): string {
  return `%${(character.codePointAt(0) ?? 0).toString(16).padStart(2, '0').toUpperCase()}`
}
