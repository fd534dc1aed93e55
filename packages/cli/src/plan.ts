import type { Request } from './args.ts'
import { type Io, projectOf } from './io.ts'
import { printReport } from './print.ts'

/** Prints what a build would buy. Fails only for problems of the author's and a damaged store. */
export async function plan(request: Request, io: Io): Promise<number> {
  const { pipeline, terms } = await projectOf(request, io)
  const scan = await pipeline.scan()
  // Placeholders need neither key nor budget: what is objected to then is wrong in itself.
  const { failure } = await pipeline.forecast(scan, { ...terms, mode: 'placeholder' })
  const { report } = await pipeline.forecast(scan, terms)
  printReport(report, request, io)
  if (failure === undefined || failure.exitCode === 4) return 0
  io.stderr(`${failure.message}\n`)
  return failure.exitCode
}
