import { excerpt } from '../../wording.ts'

/** Most characters of a text that is no prompt, such as the path of a file. */
const maxLetters = 200

/**
 * A text of anybody's as code, in one line, in which GitHub sees neither markup nor mentions nor links. Backticks and
 * bars stand between spans of code as character references: no fence is longer than a parser counts, and no backslash
 * before a bar tells a table otherwise. Control characters and marks of direction are left out.
 */
export function code(text: string, max: number = maxLetters): string {
  // Cut before it is looked at: a prompt may be very long, and there may be many.
  const line = text.slice(0, max * 2 + 2).replaceAll(/\s+/gu, ' ')
  return excerpt(line, max)
    .split(/([`|])/)
    .map(spanOf)
    .join('')
}

function spanOf(piece: string): string {
  switch (piece) {
    case '':
      return ''
    case '`':
      return '&#96;'
    case '|':
      return '&#124;'
    default:
      // Of a space at both ends of code, one is taken away.
      return /^ .*\S.* $/.test(piece) ? `\` ${piece} \`` : `\`${piece}\``
  }
}

/**
 * A sentence of ours with values of anybody's in it, in one line: words that could be markup, a mention or a link become
 * code, and so does what stands between backticks. Belongs behind other words of its line.
 */
export function prose(text: string, max: number = 2 * maxLetters): string {
  const line = excerpt(text.slice(0, max * 2 + 2).replaceAll(/\s+/gu, ' '), max)
  return line
    .split('`')
    .map((piece, index) => (index % 2 === 1 ? code(piece, max) : wordsOf(piece)))
    .join('')
}

function wordsOf(piece: string): string {
  return piece
    .split(' ')
    .map((word) => (isPlain(word) ? word : code(word)))
    .join(' ')
}

/** Neither markup nor, to GitHub, an address (`www.`), a reference (`GH-12`) or a commit (`6de51dd`). */
function isPlain(word: string): boolean {
  return (
    /^(?:[\p{L}\p{M}\p{N}.,;()'"’“”…–—%?-]|\+?\$(?=\d)|:$)*$/u.test(word) &&
    !/www\.|\p{L}-\d|[\da-f]{7}/iu.test(word)
  )
}
