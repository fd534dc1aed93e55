import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type Directive,
  ImpromptError,
  type PlanInput,
  type Report,
  describePlace,
  formatUsd,
  withTake,
} from '@imprompt/core'
import { type Request, misuse } from './args.ts'
import { type Io, projectOf } from './io.ts'
import { writeChange } from './source-files.ts'

/** Has a directive ask for another take, in its file; buys nothing. Earlier takes stay stored. */
export async function reroll(request: Request, io: Io): Promise<number> {
  const { pipeline, terms } = await projectOf(request, io)
  const asked = placeIn(request.words)
  const scan = await pipeline.scan()
  const directive = directiveAt(asked, scan)
  const former = takeOf(directive)
  const take = request.take === undefined ? former + 1 : takeFrom(request.take)
  const path = join(pipeline.root, directive.place.file)
  const source = await readFile(path, 'utf8')
  const changed = withTake(source, directive, take)
  const where = describePlace(directive.place)
  if (changed === undefined)
    throw new ImpromptError(
      'USAGE',
      `${where}  Its attributes do not stand between parentheses of its own, so that nothing was changed; write \`take\` with the value ${take} there by hand`,
    )
  if (!(await writeChange({ path, source, changed })))
    throw new ImpromptError('USAGE', `${where}  The file changed meanwhile; nothing was changed`)
  const { report } = await pipeline.forecast(await pipeline.scan(), terms)
  io.stdout(`${where}  take ${former} → ${take}${priceIn(report, directive)}\n`)
  return 0
}

interface AskedPlace {
  readonly file: string
  readonly line: number
  readonly column: number | undefined
}

function placeIn(words: readonly string[]): AskedPlace {
  const [text = '', ...others] = words
  const { file, line, column } =
    /^(?<file>.+?):(?<line>\d+)(?::(?<column>\d+))?$/.exec(text)?.groups ?? {}
  if (file === undefined || line === undefined || others.length > 0)
    throw misuse(
      `Unexpected \`${words.join(' ')}\`, expected the place of a picture as reports tell it, such as \`imprompt reroll posts/fox.md:12\``,
    )
  return {
    file: file.replaceAll('\\', '/').replace(/^\.\//, ''),
    line: Number(line),
    column: column === undefined ? undefined : Number(column),
  }
}

function directiveAt({ file, line, column }: AskedPlace, { directives }: PlanInput): Directive {
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
  throw new ImpromptError(
    'USAGE',
    [`${what} at \`${file}:${line}\`; nothing was changed`, ...hint].join('\n'),
  )
}

function takeOf({ attributes }: Directive): number {
  return Number(attributes.find(({ name }) => name === 'take')?.value ?? 1)
}

function takeFrom(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text))
    throw misuse(`Unexpected \`${text}\` of \`--take\`, expected a number from 1 such as \`1\``)
  return Number(text)
}

const reused: ReadonlySet<string> = new Set(['stored', 'pinned', 'shared'])

/** What the take costs: nothing where it was bought before. */
function priceIn({ images }: Report, { place }: Directive): string {
  const image = images.find(({ places }) =>
    places.some((one) => describePlace(one) === describePlace(place)),
  )
  if (image === undefined) return '; it has problems now, see `imprompt lint`'
  if (reused.has(image.state)) return ', which is stored and costs nothing'
  if (image.state !== 'new') return `, which is ${image.state}`
  const price = image.estimate === undefined ? '' : ` for ${formatUsd(image.estimate.microUsd)}`
  return `; \`imprompt generate\` or the next build buys it${price}`
}
