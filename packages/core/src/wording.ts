import { stripVTControlCharacters } from 'node:util'

/** `1 picture`, `2 pictures`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

/** What somebody else said, to stand inside a sentence of ours. */
export function withoutStop(text: string): string {
  return text.replace(/(?<!\.)\.\s*$/, '')
}

/** A text for a terminal, which obeys control characters and so must get none but line ends. */
export function printable(text: string): string {
  return stripVTControlCharacters(text).replaceAll(
    /(?!\n)[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu,
    '',
  )
}

/** The beginning of a prompt for one line of a terminal. */
export function excerpt(prompt: string, maxLength: number): string {
  const line = stripVTControlCharacters(prompt).replaceAll(/[\s\u0085]+/gu, ' ')
  const letters = [...line.replaceAll(/[\p{Cc}\p{Cf}]/gu, '')]
  const isWhole = letters.length <= maxLength
  return isWhole ? letters.join('') : `${letters.slice(0, maxLength - 1).join('')}…`
}

/** `830 B`, `84 kB`, `1.9 MB`. */
export function bytesInWords(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`
  const kilobytes = Math.round(bytes / 1_000)
  return kilobytes < 1_000 ? `${kilobytes} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}
