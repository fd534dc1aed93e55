import { decodeString } from 'micromark-util-decode-string'

/**
 * Undoes backslash escapes and character references, folds white space and composes to NFC: the text that is sent and
 * shown, with its author's marks. Whatever way a compiler or formatter has of writing it, it is the same text.
 */
export function canonicalText(raw: string): string {
  // A backslash before a line end is Markdown's hard break: white space that formatters write as they like.
  return decodeString(raw.replaceAll(/\\(?=\r?\n)/g, ' '))
    .normalize('NFC')
    .replaceAll(/[\t\n\r ]+/g, ' ')
    .replaceAll(/^ | $/g, '')
}

/** The form that is hashed, in which formatters that turn `*` into `_` change nothing. */
export function hashForm(text: string): string {
  return text.replaceAll('*', '_')
}

/** Puts a prompt into a style's template; braces of the prompt itself stay as they are. */
export function wrapPrompt(prompt: string, template: string | undefined): string {
  if (template === undefined) return prompt
  return template.split('{prompt}').join(prompt)
}

/** The first character that no prompt may hold (a control character or half a surrogate pair), as `U+0007`. */
export function forbiddenCharacter(text: string): string | undefined {
  const found = /[\p{Cc}\p{Cs}\u{FFFD}]/u.exec(text)?.[0]
  if (found === undefined) return undefined
  return `U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
