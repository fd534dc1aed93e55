import { type Directive, ImpromptError, type PlanInput, describePlace } from '@imprompt/core'
import { misuse } from './args.ts'

/** A place as somebody typed it. */
export interface AskedPlace {
  /** Relative to the root, with forward slashes. */
  readonly file: string
  readonly line: number
  readonly column: number | undefined
}

/** Reads `FILE:LINE` or `FILE:LINE:COLUMN`, as reports tell a place; answers nothing for any other text. */
export function readPlace(text: string): AskedPlace | undefined {
  const { file, line, column } =
    /^(?<file>.+?):(?<line>\d+)(?::(?<column>\d+))?$/.exec(text)?.groups ?? {}
  if (file === undefined || line === undefined) return undefined
  return {
    file: file.replaceAll('\\', '/').replace(/^\.\//, ''),
    line: Number(line),
    column: column === undefined ? undefined : Number(column),
  }
}

/** The directive of a picture that has a name; nothing where none has it. */
export function directiveNamed(
  name: string,
  { directives, known }: PlanInput,
): Directive | undefined {
  const place = known.names.get(name.toLowerCase())?.place
  return place && directives.find((one) => describePlace(one.place) === describePlace(place))
}

/**
 * The directive that stands at a place.
 * @param state What became of money and files so far, as a failure tells it.
 * @throws `USAGE` where none or several stand there, with those that are near.
 */
export function directiveAt(
  { file, line, column }: AskedPlace,
  { directives }: PlanInput,
  state: string,
): Directive {
  const inFile = directives.filter(({ place }) => place.file === file)
  const [found, ...others] = inFile.filter(
    ({ place }) => place.line === line && (column ?? place.column) === place.column,
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

/**
 * The directive of a picture that a command line names: by its place as reports tell it, or by its name.
 * @param text `posts/fox.md:12`, `posts/fox.md:12:1` or a name.
 * @throws `USAGE` where there is none, or more than one
 */
export function pictureAt(text: string, command: string, scan: PlanInput): Directive {
  const place = readPlace(text)
  if (place !== undefined) return directiveAt(place, scan, 'nothing was changed')
  const found = directiveNamed(text, scan)
  if (found !== undefined) return found
  throw misuse(
    `Unexpected \`${text}\`, expected the place of a picture as reports tell it, such as \`imprompt ${command} posts/fox.md:12\`, or the name of one`,
  )
}
