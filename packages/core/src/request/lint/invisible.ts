/**
 * Characters that leave no trace on a screen or turn the direction of what follows. Joiners and variation selectors are
 * left out: emoji and several scripts are written with them.
 */
const invisible =
  /[[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}]--[\p{Join_Control}\p{Variation_Selector}]]/gv

/** Flags of regions are a black flag with invisible letters behind it. */
const flag = /\u{1F3F4}[\u{E0020}-\u{E007F}]+/gu

/** The invisible characters of a text, each once, as `U+200B`. */
export function invisibleCharacters(text: string): readonly string[] {
  return [...new Set(text.replaceAll(flag, '').match(invisible))].map(
    (character) =>
      `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
  )
}
