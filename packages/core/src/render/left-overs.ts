import type { Directive } from '../directive/directive.ts'
import { describePlace } from '../place.ts'
import type { Place } from '../ports.ts'
import { count } from '../wording.ts'

/** A directive that is still there in a file of the output, where a picture should be. */
export interface LeftOver {
  readonly output: string
  readonly place: Place
}

/** One file of a build's output. */
export interface OutputFile {
  readonly name: string
  readonly text: string
}

/**
 * Finds directives that nothing replaced. Notation that a page shows as text, in code or behind a backslash, is none.
 * @param sources Text of the files that the directives stand in, and of those that show the notation.
 */
export function leftOverFinder(
  directives: readonly Directive[],
  sources: ReadonlyMap<string, string>,
): (output: OutputFile) => readonly LeftOver[] {
  const inText = placesByWords(directives.filter(({ path }) => path === undefined))
  const inMatter = placesByWords(directives.filter(({ path }) => path !== undefined))
  const shown = shownWords(directives, sources)
  const search = (
    output: OutputFile,
    opening: RegExp,
    wanted: ReadonlyMap<string, Place>,
  ): readonly LeftOver[] =>
    [...new Set(wordsAfter(output.text, opening))].flatMap((words) => {
      const place = shown.has(words) ? undefined : wanted.get(words)
      return place === undefined ? [] : [{ output: output.name, place }]
    })
  return (output) => [
    ...search(output, directiveOpening, inText),
    ...search(output, matterOpening, inMatter),
  ]
}

const directiveOpening = /!\[gen:/g
/** `gen: …` in a string, `"gen":"…"` in data, `gen:"…"` in a script. */
const matterOpening = /(?<![\w-])gen(?:\\?["'])?\s*[:=]\s*(?:\\?["'`])?/g

function placesByWords(directives: readonly Directive[]): ReadonlyMap<string, Place> {
  return new Map(
    directives.toReversed().flatMap(({ prompt, place }) => {
      const words = leadingWords(prompt)
      return words === '' ? [] : [[words, place] as const]
    }),
  )
}

/** What the sources show as text: every opening that is not the beginning of a directive. */
function shownWords(
  directives: readonly Directive[],
  sources: ReadonlyMap<string, string>,
): ReadonlySet<string> {
  const byFile = Map.groupBy(directives, ({ place }) => place.file)
  return new Set(
    [...sources].flatMap(([file, text]) => {
      const own = byFile.get(file) ?? []
      return [...text.matchAll(/gen["']?\s*[:=]\s*["']?/g)]
        .filter(({ index }) => !own.some(({ start, end }) => start <= index && index < end))
        .map((match) => leadingWords(text.slice(match.index + match[0].length, match.index + 200)))
    }),
  )
}

function wordsAfter(text: string, opening: RegExp): readonly string[] {
  return [...text.matchAll(opening)].map(({ index, 0: match }) =>
    leadingWords(text.slice(index + match.length, index + 200)),
  )
}

/** The first words of a prompt, as far as no compiler writes them in another way: it is known again by them. */
function leadingWords(text: string): string {
  const [words = ''] = /[\p{L}\p{N}][\p{L}\p{M}\p{N}\s]*/u.exec(text.slice(0, 160)) ?? []
  return words.slice(0, 80).replaceAll(/\s+/g, ' ').trim()
}

/** Says which directives are left over in which files. */
export function describeLeftOvers(found: readonly LeftOver[]): string {
  const lines = found.map(
    ({ output, place }) => `  ${output}  the directive of ${describePlace(place)}`,
  )
  return [
    `${count(found.length, 'directive')} left over in the output, where a picture should be; what was bought is stored`,
    ...lines.slice(0, maxListed),
    ...(lines.length > maxListed ? [`  and ${lines.length - maxListed} more`] : []),
  ].join('\n')
}

const maxListed = 20
