import { type ImpromptError, type Outlook, errorOf, exitCodes } from '@imprompt/core'
import { type Request, consentOf } from './args.ts'
import { type Io, projectOf } from './io.ts'
import { printReport, tellGitHub } from './print.ts'

/** Prints what a build would buy. Fails only for problems of the author's and a damaged store. */
export async function plan(request: Request, io: Io): Promise<number> {
  const { pipeline, terms, upkeep } = await projectOf(request, io)
  const scan = await pipeline.scan()
  const consent = { ...consentOf(request), refused: false, unknown: false }
  const { against } = request
  const compared = against === undefined ? {} : { baseline: await upkeep.baselineAt(against) }
  const { report, onAnyTerms } = await pipeline.forecast(scan, terms, { consent, ...compared })
  const failure = failureIn(onAnyTerms)
  printReport({ report, failure }, pipeline, request, io)
  await tellGitHub({ report, failure }, pipeline, request, io)
  const all = errorOf(onAnyTerms)
  if (all !== undefined) io.stderr(`${all.message}\n`)
  if (terms.refusal !== undefined) io.stderr(`warning: ${terms.refusal.message}\n`)
  return failure === undefined ? 0 : failure.exitCode
}

/** What makes a plan worth nothing: what is wrong with a picture keeps a build from going on, and a plan from nothing. */
export function failureIn(objections: Outlook['onAnyTerms']): ImpromptError | undefined {
  return errorOf(objections.filter(({ code }) => failing.has(exitCodes[code])))
}

/** Exit codes of what makes a plan worth nothing. */
const failing: ReadonlySet<number> = new Set([1, 2, 6])
