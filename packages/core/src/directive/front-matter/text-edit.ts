/** Text that takes the place of other text; offsets are UTF-16 units of it. */
export interface TextEdit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** Sorts edits by their place. */
export function inOrder(edits: readonly TextEdit[]): readonly TextEdit[] {
  return edits.toSorted((one, other) => one.start - other.start)
}

/** The text with edits in it, which are in their order and do not overlap. */
export function edited(text: string, edits: readonly TextEdit[]): string {
  const parts = edits.map(
    (edit, index) => text.slice(edits[index - 1]?.end ?? 0, edit.start) + edit.text,
  )
  return parts.join('') + text.slice(edits.at(-1)?.end ?? 0)
}

/** The one edit that makes another text of a text, and leaves what they have in common at both ends. */
export function editBetween(text: string, other: string): TextEdit {
  const shorter = Math.min(text.length, other.length)
  let start = 0
  while (start < shorter && text[start] === other[start]) start += 1
  let same = 0
  while (same < shorter - start && text.at(-1 - same) === other.at(-1 - same)) same += 1
  return { start, end: text.length - same, text: other.slice(start, other.length - same) }
}
