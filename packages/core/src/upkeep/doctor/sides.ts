import type { Entry, Key } from '../../ports.ts'
import { decodeEntry } from '../../store/entry.ts'

/** The entries on both sides of git's marks in a text; none where it has no marks. */
export function entriesIn(text: string, key: Key): readonly (Entry | undefined)[] {
  if (!/^<{7}/m.test(text)) return []
  return [sideOf(text, 'ours'), sideOf(text, 'theirs')].map((side) => {
    const decoded = decodeEntry(side, key)
    return 'entry' in decoded ? decoded.entry : undefined
  })
}

type Part = 'both' | 'ours' | 'base' | 'theirs'

/** By what a line begins with, which part begins after it. */
const marks: readonly (readonly [string, Part])[] = [
  ['<<<<<<<', 'ours'],
  ['|||||||', 'base'],
  ['=======', 'theirs'],
  ['>>>>>>>', 'both'],
]

function sideOf(text: string, side: 'ours' | 'theirs'): string {
  let part: Part = 'both'
  const kept: string[] = []
  for (const line of text.split('\n')) {
    const mark = marks.find(([beginning]) => line.startsWith(beginning))
    if (mark !== undefined) [, part] = mark
    else if (part === 'both' || part === side) kept.push(line)
  }
  return kept.join('\n')
}
