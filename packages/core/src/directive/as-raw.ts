/** Escapes what Markdown would undo, so that a plain text stands in a directive, whose text is Markdown's. */
export function asRaw(text: string): string {
  return text.replaceAll(/[\\&]/g, String.raw`\$&`)
}
