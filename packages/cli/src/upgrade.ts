import {
  type Consent,
  ImpromptError,
  type Forecast,
  type OpenProject,
  type PlanInput,
  type UpgradeChoice,
  inShell,
  leftLines,
  reportText,
  upgradeReportOf,
  upgradeText,
} from '@imprompt/core'
import { type Request, consentOf } from './args.ts'
import { pictureAt, withFields } from './asked-place.ts'
import { type Io, projectOf } from './io.ts'
import { failureIn } from './plan.ts'

const asking = { command: 'upgrade', state: 'nothing was changed' }

/** Prices pictures of older defaults by those of today, and makes them again where a person consents. */
export async function upgrade(request: Request, io: Io): Promise<number> {
  const project = await projectOf(request, io)
  const { pipeline, terms } = project
  const scan = await pipeline.scan()
  const places = withFields(request.words).map((word) => pictureAt(word, asking, scan).place)
  const choice = await pipeline.upgrades(scan, terms, places)
  const { report, failure } = request.isSure
    ? await made(choice, scan, project, { request, io })
    : await priced(choice, scan, project, consentOf(request))
  const own = upgradeReportOf(report, choice.keys, choice.left)
  if (request.isJson) io.stdout(`${JSON.stringify(own, undefined, 2)}\n`)
  else if (request.isSure && own.images.length > 0)
    io.stdout(
      `${[reportText({ ...report, images: own.images }), ...leftLines(own.left)].join('\n')}\n`,
    )
  else io.stdout(`${upgradeText(own)}\n`)
  const setback = failure ?? undone(request, choice)
  if (setback === undefined) return 0
  io.stderr(`${setback.message}\n`)
  return setback.exitCode
}

async function priced(
  { keys }: UpgradeChoice,
  scan: PlanInput,
  { pipeline, terms }: OpenProject,
  consent: Consent,
): Promise<Forecast> {
  const { report, onAnyTerms } = await pipeline.forecast(scan, terms, { upgrades: keys, consent })
  return { report, failure: failureIn(onAnyTerms) }
}

async function made(
  { keys }: UpgradeChoice,
  scan: PlanInput,
  { pipeline, terms }: OpenProject,
  { request, io }: { readonly request: Request; readonly io: Io },
): Promise<Forecast> {
  const words = request.words.map(inShell)
  return pipeline.build(
    scan,
    { ...terms, mode: 'generate', command: ['imprompt upgrade --yes', ...words].join(' ') },
    {
      upgrades: keys,
      isLazy: true,
      stop: io.stop,
      consent: consentOf(request),
      tell: (line) => io.stderr(`${line}\n`),
    },
  )
}

/** Whoever names a picture is told by the exit code, too, that it was not made again. */
function undone({ isSure, words }: Request, { left }: UpgradeChoice): ImpromptError | undefined {
  if (!isSure || words.length === 0 || left.length === 0) return undefined
  return new ImpromptError(
    'AUTHORING_PROBLEMS',
    'Not every picture that was named could be made again, for the reasons that are told; they are as before',
  )
}
