/** A name and the words that it was found by. */
export interface Match<Name extends string> {
  readonly name: Name
  /** Position of its first word, and how many words it is. */
  readonly at: number
  readonly length: number
}

/** Finds names by the words that stand for them, in the order of the text; the longest phrase wins. */
export function lookup<Name extends string>(
  words: readonly string[],
  index: ReadonlyMap<string, Name>,
): readonly Match<Name>[] {
  const found: Match<Name>[] = []
  let at = 0
  while (at < words.length) {
    const match = longest(words, at, index)
    if (match !== undefined) found.push(match)
    at += match?.length ?? 1
  }
  return found
}

/** Each name once, in the order of the text. */
export function namesOf<Name extends string>(matches: readonly Match<Name>[]): readonly Name[] {
  return [...new Set(matches.map(({ name }) => name))]
}

/** The words with the matched ones blanked out, so that positions stay. */
export function without(
  words: readonly string[],
  matches: readonly Match<string>[],
): readonly string[] {
  const isTaken = (at: number): boolean =>
    matches.some((match) => at >= match.at && at < match.at + match.length)
  return words.map((word, at) => (isTaken(at) ? '' : word))
}

/** A table of words by name, turned round; words are parted by commas, and the first name keeps a word. */
export function indexOf<Name extends string>(
  table: Readonly<Record<Name, string>>,
): ReadonlyMap<string, Name> {
  const isName = (text: string): text is Name => Object.hasOwn(table, text)
  const index = new Map<string, Name>()
  for (const name of Object.keys(table).filter(isName)) {
    for (const word of table[name].split(/,\s*/)) if (!index.has(word)) index.set(word, name)
  }
  return index
}

/** Plain lower-case words, also in their singular where that differs; what is denied is left out. */
export function wordsOf(text: string): readonly string[] {
  const plain = text.slice(0, 4000).normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
  const words = plain.match(/\p{L}+/gu) ?? []
  return words.filter((word, at) => !denials.has(word) && !denials.has(words[at - 1] ?? ''))
}

const denials: ReadonlySet<string> = new Set(['no', 'without'])

function longest<Name extends string>(
  words: readonly string[],
  at: number,
  index: ReadonlyMap<string, Name>,
): Match<Name> | undefined {
  for (const length of [3, 2, 1]) {
    const phrase = words.slice(at, at + length)
    if (phrase.length < length) continue
    const name = formsOf(phrase)
      .map((form) => index.get(form))
      .find((found) => found !== undefined)
    if (name !== undefined) return { name, at, length }
  }
  return undefined
}

/** The phrase as it stands, and with one kind of plural undone at a time. */
function formsOf(phrase: readonly string[]): readonly string[] {
  const undo = (ending: RegExp, singular: string): string =>
    phrase.map((word) => word.replace(ending, singular)).join(' ')
  return [
    phrase.join(' '),
    undo(/(?<=..[^s])s$/, ''),
    undo(/(?<=...)es$/, ''),
    undo(/(?<=..)ies$/, 'y'),
  ]
}
