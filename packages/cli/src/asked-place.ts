import {
  type Directive,
  ImpromptError,
  type PlanInput,
  describePlace,
  didYouMean,
  nearestOf,
} from '@imprompt/core'
import { misuse } from './args.ts'

/** A place as somebody typed it. */
export interface AskedPlace {
  /** Relative to the root, with forward slashes. */
  readonly file: string
  readonly line: number
  readonly column: number | undefined
  /** Path of a field in a configuration. */
  readonly field: string | undefined
}

/**
 * Reads `FILE:LINE`, `FILE:LINE:COLUMN` or `FILE:LINE:COLUMN FIELD`, as reports tell a place; answers nothing for any
 * other text.
 */
export function readPlace(text: string): AskedPlace | undefined {
  const { file, line, column, field } =
    /^(?<file>.+?):(?<line>\d+)(?::(?<column>\d+))?(?:\s+(?<field>\S+))?$/.exec(text)?.groups ?? {}
  if (file === undefined || line === undefined) return undefined
  return {
    file: file.replaceAll('\\', '/').replace(/^\.\//, ''),
    line: Number(line),
    column: column === undefined ? undefined : Number(column),
    field,
  }
}

/** Words of a command line in which a place is one word, also where its field stands apart from it. */
export function withFields(words: readonly string[]): readonly string[] {
  return words.reduce<readonly string[]>((all, word) => {
    const former = all.at(-1) ?? ''
    const isField = word.startsWith('images.') && readPlace(former)?.field === undefined
    return isField && readPlace(former) !== undefined
      ? [...all.slice(0, -1), `${former} ${word}`]
      : [...all, word]
  }, [])
}

/** The directive of a picture that has a name; nothing where none has it. */
function directiveNamed(name: string, { directives, known }: PlanInput): Directive | undefined {
  const place = known.names.get(name.toLowerCase())?.place
  return place && directives.find((one) => describePlace(one.place) === describePlace(place))
}

/**
 * The directive that stands at a place.
 * @param state What became of money and files so far, as a failure tells it.
 * @throws `USAGE` where none or several stand there, with those that are near.
 */
function directiveAt(
  { file, line, column, field }: AskedPlace,
  { directives }: PlanInput,
  state: string,
): Directive {
  const inFile = directives.filter(({ place }) => place.file === file)
  const [found, ...others] = inFile.filter(
    ({ place }) =>
      place.line === line &&
      (column ?? place.column) === place.column &&
      (field ?? place.field) === place.field,
  )
  if (found !== undefined && others.length === 0) return found
  const known = found === undefined ? inFile : [found, ...others]
  const places = known.slice(0, 10).map(({ place }) => `  ${describePlace(place)}`)
  const what = found === undefined ? 'No picture' : 'Several pictures'
  const hint =
    places.length === 0
      ? ['The file holds none; `imprompt plan` lists all']
      : ['Expected', ...places]
  throw new ImpromptError('USAGE', [`${what} at \`${file}:${line}\`; ${state}`, ...hint].join('\n'))
}

/** Who asks for a picture. */
export interface Asking {
  readonly command: string
  /** What became of money and files so far, as a failure tells it. */
  readonly state: string
  /** What a text may be instead of a picture's place or name, in words. */
  readonly also?: string
}

/**
 * The directive of a picture that a command line names: by its place as reports tell it, or by its name.
 * @param text `posts/fox.md:12`, `posts/fox.md:12:1`, `imprompt.config.ts:1:1 images.hero` or a name.
 * @throws `USAGE` where there is none, or more than one
 */
export function pictureAt(text: string, asking: Asking, scan: PlanInput): Directive {
  const { command, state, also } = asking
  const place = readPlace(text)
  if (place !== undefined) return directiveAt(place, scan, state)
  const found = directiveNamed(text, scan)
  if (found !== undefined) return found
  throw misuse(
    `Unexpected \`${text}\`, expected the place of a picture as reports tell it, such as \`imprompt ${command} posts/fox.md:12\`, ${also === undefined ? '' : `${also}, `}or the name of one${namesNear(text, scan)}; ${state}`,
  )
}

const maxNames = 10

/** The name that was probably meant, or else those that there are. */
function namesNear(text: string, { known }: PlanInput): string {
  const names = [...known.names.keys()].toSorted()
  const nearest = nearestOf(text, names)
  if (nearest !== undefined) return didYouMean(nearest)
  if (names.length === 0) return ' (no picture has a name)'
  const shown = names.slice(0, maxNames).map((name) => `\`${name}\``)
  const others = names.length - shown.length
  return ` (${shown.join(', ')}${others > 0 ? ` and ${others} more` : ''})`
}
