/** Why and where a text cannot be parsed. */
export interface Fault {
  readonly message: string
  readonly offset: number
}

/** What to do about a text without quotes that looks like a key and its value. */
export function quoteIt(message: string): string {
  return `${message}; quote the text that begins with \`gen:\`, such as \`"gen: a lighthouse"\``
}
