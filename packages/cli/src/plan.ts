import { type Request, consentOf } from './args.ts'
import { type Io, projectOf } from './io.ts'
import { printReport, tellGitHub } from './print.ts'

/** Prints what a build would buy. Fails only for problems of the author's and a damaged store. */
export async function plan(request: Request, io: Io): Promise<number> {
  const { pipeline, terms, upkeep } = await projectOf(request, io)
  const scan = await pipeline.scan()
  // Placeholders need neither key nor budget: what is objected to then is wrong in itself.
  const consent = { ...consentOf(request), refused: false, unknown: false }
  const placeholders = { ...terms, mode: 'placeholder' } as const
  const { failure } = await pipeline.forecast(scan, placeholders, { consent })
  const { against } = request
  const compared = against === undefined ? {} : { baseline: await upkeep.baselineAt(against) }
  const { report } = await pipeline.forecast(scan, terms, { consent, ...compared })
  printReport({ report, failure }, request, io)
  await tellGitHub({ report, failure }, pipeline.root, request, io)
  if (failure === undefined) return 0
  io.stderr(`${failure.message}\n`)
  // What a look-up could not tell keeps a build from going on, and a plan from nothing.
  return failure.exitCode === 4 ? 0 : failure.exitCode
}
