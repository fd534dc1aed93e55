import { ImpromptError } from '@imprompt/core'
import type { Request } from './args.ts'
import { type Io, projectOf } from './io.ts'
import { printReport } from './print.ts'

/** Prints the report that the last build left. */
export async function report(request: Request, io: Io): Promise<number> {
  const { lastReport, storeFolder } = await projectOf(request, io)
  const last = lastReport()
  if (last === undefined)
    throw new ImpromptError(
      'REPORT_NOT_FOUND',
      `No report in \`${storeFolder}\`; build the site or run \`imprompt generate\` first`,
    )
  printReport({ report: last }, request, io)
  return 0
}
