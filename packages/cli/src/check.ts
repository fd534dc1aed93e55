import type { Request } from './args.ts'
import { type Io, projectOf } from './io.ts'
import { printReport } from './print.ts'

/** Says whether a build may go on, and buys nothing. */
export async function check(request: Request, io: Io): Promise<number> {
  const { pipeline, terms } = await projectOf(request, io)
  const { report, failure } = await pipeline.forecast(await pipeline.scan(), terms)
  printReport(report, request, io)
  if (failure === undefined) return 0
  io.stderr(`${failure.message}\n`)
  // A picture that was refused, or whose charge is unknown, is a missing one to whoever checks.
  return failure.exitCode === 5 || failure.exitCode === 7 ? 4 : failure.exitCode
}
