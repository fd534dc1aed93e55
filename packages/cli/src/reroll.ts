import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type Directive,
  ImpromptError,
  type Report,
  describePlace,
  formatUsd,
  withTake,
} from '@imprompt/core'
import { type Request, misuse } from './args.ts'
import { pictureAt } from './asked-place.ts'
import { type Io, projectOf } from './io.ts'
import { writeChange } from './source-files.ts'

const asking = { command: 'reroll', state: 'nothing was changed' }

/** Has a directive ask for another take, in its file; buys nothing. Earlier takes stay stored. */
export async function reroll(request: Request, io: Io): Promise<number> {
  const { pipeline, terms } = await projectOf(request, io)
  const directive = pictureAt(request.words.join(' '), asking, await pipeline.scan())
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
