import { resolve } from 'node:path'
import { searchOutput } from '@imprompt/core'
import type { Request } from './args.ts'
import { type Io, projectOf } from './io.ts'
import { printReport, tellGitHub } from './print.ts'

/** Says whether a build may go on, or, of a site that is built, whether it shows every picture; buys nothing. */
export async function check(request: Request, io: Io): Promise<number> {
  const { pipeline, terms, upkeep } = await projectOf(request, io)
  const scan = await pipeline.scan()
  const { against, output } = request
  const compared = against === undefined ? {} : { baseline: await upkeep.baselineAt(against) }
  const { report, failure } = await pipeline.forecast(scan, terms, compared)
  const leftOvers = output && (await searchOutput(resolve(io.cwd, output), scan))
  const told = { report, failure: failure ?? (leftOvers || undefined) }
  printReport(told, pipeline, request, io)
  await tellGitHub(told, pipeline, request, io)
  if (failure !== undefined) io.stderr(`${failure.message}\n`)
  if (leftOvers) io.stderr(`${leftOvers.message}\n`)
  const left = leftOvers ? leftOvers.exitCode : undefined
  const codes = new Set([asMissing(failure?.exitCode), left])
  return precedence.find((code) => codes.has(code)) ?? 0
}

/** Of several exit codes the one that is answered comes first. */
const precedence: readonly number[] = [1, 6, 2, 3, 4]

/** A picture that was refused, or whose charge is unknown, is a missing one to whoever checks. */
function asMissing(code: number | undefined): number | undefined {
  return code === 5 || code === 7 ? 4 : code
}
