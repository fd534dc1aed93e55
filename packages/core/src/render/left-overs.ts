import { decodeString } from 'micromark-util-decode-string'
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
  const shown = shownTexts(directives, sources)
  const wanted = directives
    .map(({ prompt, place, path }) => ({ beginning: plainText(prompt), place, path }))
    .filter(({ beginning }) => beginning !== '' && !shown.some((one) => one.startsWith(beginning)))
  const inText = wanted.filter(({ path }) => path === undefined)
  const inMatter = wanted.filter(({ path }) => path !== undefined)
  const search = (text: string, opening: RegExp, among: typeof wanted): readonly Place[] =>
    among.length === 0
      ? []
      : [...text.matchAll(opening)].flatMap(({ index, 0: match }) => {
          const found = plainText(text.slice(index + match.length, index + maxMarkup))
          return among.find(({ beginning }) => found.startsWith(beginning))?.place ?? []
        })
  return ({ name, text }) => {
    const places = [
      ...search(text, directiveOpening, inText),
      ...search(text, matterOpening, inMatter),
    ]
    return [...new Set(places)].map((place) => ({ output: name, place }))
  }
}

/** As it was written, or as the image that a compiler without our syntax makes of a directive without spaces. */
const directiveOpening = /(?:!\[|\balt\\?["']?\s*[=:]\s*\\?["'`])gen:/g
/** `"gen: …"` in a string, `"gen":"…"` in data, `gen:"…"` in a script, `gen: …` in front matter that is shown. */
const matterOpening =
  /(?<![\w-])gen(?:\\?["']|&quot;|&#34;|&#x22;)?\s*[:=]\s*(?:(?:\\?["'`]|&quot;|&#34;|&#x22;)|(?<=["'`;]gen:\s*)|(?<=[\s{]gen:\s))/gi

/** A prompt is known again by as many letters of its beginning, of which markup may make many more. */
const maxBeginning = 40
const maxMarkup = 600

/** What the sources show as text: every opening that is not the beginning of a directive. */
function shownTexts(
  directives: readonly Directive[],
  sources: ReadonlyMap<string, string>,
): readonly string[] {
  const byFile = Map.groupBy(directives, ({ place }) => place.file)
  return [...sources].flatMap(([file, text]) => {
    const own = byFile.get(file) ?? []
    return [...text.matchAll(/gen["']?\s*[:=]\s*["']?/g)]
      .filter(({ index }) => !own.some(({ start, end }) => start <= index && index < end))
      .map(({ index, 0: match }) => plainText(text.slice(index + match.length, index + maxMarkup)))
  })
}

/** The beginning of a text without what scripts, pages and compilers make of its marks: letters and digits alone. */
function plainText(text: string): string {
  const read = text
    .replaceAll(/<[^<>]*>/g, ' ')
    .replaceAll(/\\u([\da-f]{4})/gi, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    )
    .replaceAll(/\\[nrt]/g, ' ')
    .replaceAll('\\', '')
  const letters = decodeString(read).match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  return letters.join('').slice(0, maxBeginning).normalize('NFC').toLowerCase()
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
