import { frontMatterBlockOf } from './block.ts'

/** `gen` where a value or a key may begin; a key's colon may follow on a later line, after a comment. */
const atStart = /(?<=^|[\s"'{[,:.])gen["']?\s*[#:=]/
/** A key may be an alias of the word. */
const anchor = /(?<=^|[\s[{,])&/
const word = /\bgen\b/
/** Escapes of strings that may spell a letter or a colon, or break a word over lines. */
const escapes = /\\(?:x([\dA-Fa-f]{2})|u([\dA-Fa-f]{4})|U0{3}([\dA-Fa-f]{5})|\s+)/g

/**
 * Whether a parse of a file's front matter could find a directive: a value that begins with `gen:` or a key `gen`.
 * Never says no where there is one; may say yes where there is none.
 */
export function mayHoldInFrontMatter(source: string): boolean {
  const text = frontMatterBlockOf(source)?.text
  if (text === undefined) return false
  return mayHold(text) || (text.includes('\\') && mayHold(unescaped(text)))
}

function mayHold(text: string): boolean {
  return atStart.test(text) || (anchor.test(text) && word.test(text))
}

function unescaped(text: string): string {
  return text.replaceAll(escapes, (_, ...codes: readonly (string | undefined)[]) => {
    const code = codes.slice(0, 3).find((one) => one !== undefined)
    return code === undefined ? '' : String.fromCodePoint(Number.parseInt(code, 16))
  })
}
