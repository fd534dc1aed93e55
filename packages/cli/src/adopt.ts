import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import {
  type Adoption,
  type PersonsPicture,
  type Withdrawal,
  describePlace,
  exitCodes,
  formatUsd,
  reasonOf,
} from '@imprompt/core'
import { type Request, misuse } from './args.ts'
import { pictureAt, withFields } from './asked-place.ts'
import { type Io, projectOf } from './io.ts'

const asking = { command: 'adopt', state: 'nothing was changed' }

/** Puts a person's picture in the place of an image, or what was bought there back. Buys nothing. */
export async function adopt(request: Request, io: Io): Promise<number> {
  const { undoes, isByHand } = request
  const [place = '', file, ...others] = withFields(request.words)
  if (others.length > 0 || (file === undefined) !== undoes || (undoes && isByHand))
    throw misuse(
      `Unexpected \`${request.words.join(' ')}\`, expected a place and a file, such as \`imprompt adopt posts/fox.md:12 fox.png\`, or \`--undo\` and a place`,
    )
  const { pipeline } = await projectOf(request, io)
  const scan = await pipeline.scan()
  const directive = pictureAt(place, asking, scan)
  const adoption =
    file === undefined
      ? await pipeline.undoAdoption(scan, directive.place)
      : await pipeline.adopt(
          scan,
          directive.place,
          await pictureIn(resolve(io.cwd, file), isByHand),
        )
  const where = describePlace(directive.place)
  if ('withdrawn' in adoption) {
    if (request.isJson) io.stdout(`${JSON.stringify(adoption)}\n`)
    else io.stdout(`${where}  ${whyNothing(adoption)}\n`)
    return 0
  }
  const { entry } = adoption
  if (request.isJson) io.stdout(`${JSON.stringify(entry, undefined, 2)}\n`)
  else io.stdout(`${where}  ${whatStands(adoption)}\n`)
  if (!adoption.isUnpushed) return 0
  io.stderr(
    'No remote took the picture, so that other machines do not find it: run `imprompt push`\n',
  )
  return exitCodes.REMOTE_UNPUSHED
}

async function pictureIn(path: string, isByHand: boolean): Promise<PersonsPicture> {
  try {
    return { file: basename(path), bytes: await readFile(path), isByHand }
  } catch (cause) {
    throw misuse(`\`${path}\` cannot be read: ${reasonOf(cause)}; nothing was changed`)
  }
}

function whyNothing({ withdrawn }: Withdrawal): string {
  return `shows ${withdrawn} no more, and nothing was bought there before: the next build that buys asks for a picture. The bytes of ${withdrawn} stay in the store until \`imprompt gc\` takes them; commit what changed there`
}

function whatStands({ entry }: Adoption): string {
  const { adopted, boughtAt, cost, request, former: [former] = [] } = entry
  if (adopted === undefined)
    return `shows again what was bought from ${request.model} on ${boughtAt.slice(0, 10)} for ${formatUsd(cost.microUsd)}`
  const earlier =
    former === undefined
      ? 'nothing was bought there'
      : `what was bought from ${former.request.model} for ${formatUsd(former.cost.microUsd)} stays stored, and \`imprompt adopt --undo\` puts it back`
  return `shows ${adopted.file}; ${earlier}`
}
