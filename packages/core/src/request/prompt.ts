import { decodeString } from 'micromark-util-decode-string'

/**
 * Characters of Chinese and Japanese, which set no spaces. By code points: what Unicode says of a character changes
 * with the version of Node, and a key must not. No combining mark is one, so that NFC stays NFC where a space goes.
 */
const cjk = [
  String.raw`\u2E80-\u2FFF\u3000-\u3029\u3030-\u303F`, // Radicals, punctuation.
  String.raw`\u3041-\u3096\u309B-\u312F\u31A0-\u31BF\u31F0-\u31FF\u{1AFF0}-\u{1B16F}`, // Kana, Bopomofo.
  String.raw`\u3190-\u319F\u31C0-\u31EF\u3220-\u325F\u3280-\u33FF\u{1F200}-\u{1F2FF}`, // Enclosed, squared.
  String.raw`\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF\u{20000}-\u{3FFFD}`, // Ideographs.
  String.raw`\uFE00-\uFE02\u{E0100}-\u{E01EF}`, // Their variation selectors.
  String.raw`\uFE10-\uFE1F\uFE30-\uFE6F\uFF01-\uFF9F\uFFE0-\uFFE6`, // Vertical, small, full and half width forms.
].join('')
const lineEndInCjk = new RegExp(`(?<=[${cjk}])[\t ]*[\n\r][\t\n\r ]*(?=[${cjk}])`, 'gu')
// A kana's voice mark after a space stands on that space.
const spaceByCjk = new RegExp(`(?<=[${cjk}]) (?![\u3099\u309A])| (?=[${cjk}])`, 'gu')

/**
 * Undoes backslash escapes and character references, folds white space and composes to NFC: the text that is sent and
 * shown, with its author's marks. Whatever way a compiler or formatter has of writing it, it is the same text.
 */
export function canonicalText(raw: string): string {
  // A backslash before a line end is Markdown's hard break: white space that formatters write as they like.
  const source = raw.normalize('NFC').replaceAll(/\\(?=[\n\r])/g, ' ')
  return foldText(decodeString(source).normalize('NFC').replaceAll(lineEndInCjk, ''))
}

/**
 * The form that is hashed, without what formatters choose: `*` or `_`, how often a backslash is escaped, the fences and
 * the padding of code, and white space beside Chinese and Japanese.
 */
export function hashForm(text: string): string {
  return foldText(text.replaceAll('*', '_').replaceAll('\\', ''))
    .replaceAll(/ ?`[ `]*/g, '`')
    .replaceAll(spaceByCjk, '')
}

/** The first character that no prompt may hold (a control character or half a surrogate pair), as `U+0007`. */
export function forbiddenCharacter(text: string): string | undefined {
  const found = /[\p{Cc}\p{Cs}\u{FFFD}]/u.exec(text)?.[0]
  if (found === undefined) return undefined
  return `U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

/** White space as single spaces, and none at the ends. Most text has it so: a space on its own is no match. */
export function foldText(text: string): string {
  return text
    .replaceAll(/[\t\n\r][\t\n\r ]*| [\t\n\r ]+/g, ' ')
    .replace(/^ /, '')
    .replace(/ $/, '')
}
