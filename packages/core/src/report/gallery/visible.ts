import { type Child, element } from './element.ts'

/**
 * Flags of regions are a black flag with invisible letters behind it. Of all else that leaves no trace on a screen, ends
 * a line or turns the direction of what follows, joiners and variation selectors alone belong to what people write.
 */
const parts =
  /(?<flag>\u{1F3F4}[\u{E0020}-\u{E007F}]+)|(?<unseen>[[\p{Cc}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Bidi_Control}]--[\p{Join_Control}\p{Variation_Selector}]]+)/gv

/** A text of somebody else's, in which characters that cannot be seen, or that act upon others, stand by their names. */
export function visible(text: string): readonly Child[] {
  const children: Child[] = []
  let end = 0
  const whole = text.toWellFormed()
  for (const match of whole.matchAll(parts)) {
    const { unseen } = match.groups ?? {}
    if (unseen === undefined) continue
    if (match.index > end) children.push(whole.slice(end, match.index))
    children.push(element('span', { className: ['unseen'] }, namesOf(unseen)))
    end = match.index + unseen.length
  }
  return end === whole.length ? children : [...children, whole.slice(end)]
}

/** The same without markup, for where none can stand. */
export function visibleLine(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(parts, (whole, _flag, unseen?: string) =>
      unseen === undefined ? whole : `[${namesOf(unseen)}]`,
    )
}

function namesOf(unseen: string): string {
  return [...unseen].map(nameOf).join(' ')
}

function nameOf(character: string): string {
  const code = character.codePointAt(0) ?? 0
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
}
