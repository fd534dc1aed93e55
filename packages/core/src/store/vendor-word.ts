import { secretIn } from '../secret.ts'

/**
 * A code or a name that a vendor gave, as it may be kept for good and committed; nothing for a text that may be more than
 * that, such as a sentence that quotes the prompt, or that looks like a key.
 */
export function vendorWord(text: string | undefined): string | undefined {
  const isWord = text !== undefined && /^[\w.:/+=-]{1,128}$/.test(text)
  return isWord && secretIn(text) === undefined ? text : undefined
}
