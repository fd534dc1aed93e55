import {
  type DraftPick,
  type Estimate,
  describePlace,
  formatUsd,
  pickCommand,
  reportJson,
  reportText,
} from '@imprompt/core'
import { type Request, consentOf, misuse } from './args.ts'
import { pictureAt, withFields } from './asked-place.ts'
import { lookIn } from './drafts.ts'
import { type Io, projectOf } from './io.ts'

/** Buys the final picture of a draft, within the budget, and puts it in its place. */
export async function pick(request: Request, io: Io): Promise<number> {
  const [place = '', number = '', ...others] = withFields(request.words)
  if (!/^[1-9]\d?$/.test(number) || others.length > 0)
    throw misuse(
      `Unexpected \`${request.words.join(' ')}\`, expected the place of a picture and the number of a draft, such as \`imprompt pick posts/fox.md:12 3\``,
    )
  const { pipeline, terms } = await projectOf(request, io)
  const scan = await pipeline.scan()
  const directive = pictureAt(place, { command: 'pick', state: 'nothing was bought' }, scan)
  const isPlain = request.isPlain
  const choice = { directive, numbers: [Number(number)], look: lookIn(request), isPlain }
  const { report, failure } = await pipeline.pick(scan, choice, {
    terms: { ...terms, mode: 'generate', command: commandFor(choice, number) },
    options: {
      isLazy: true,
      stop: io.stop,
      consent: consentOf(request),
      tell: (line) => io.stderr(`${line}\n`),
    },
    price: (estimate) => io.stderr(`${priceLine(estimate)}\n`),
  })
  io.stdout(request.isJson ? reportJson(report) : `${reportText(report)}\n`)
  if (failure !== undefined) {
    io.stderr(`${failure.message}\n`)
    return failure.exitCode
  }
  if (!request.isJson)
    io.stdout(
      `${describePlace(directive.place)}  draft ${number} is picked; pages show its final picture from the next build on\n`,
    )
  return 0
}

function commandFor(choice: DraftPick, number: string): string {
  return `${pickCommand(choice, number)}${choice.isPlain ? ' --plain' : ''}`
}

function priceLine({ microUsd, worstMicroUsd }: Estimate): string {
  return `The final picture costs ${formatUsd(microUsd)}, at most ${formatUsd(worstMicroUsd)}`
}
