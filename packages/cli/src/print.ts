import { type Report, reportJson, reportText } from '@imprompt/core'
import type { Request } from './args.ts'
import type { Io } from './io.ts'

/** Prints a report on stdout, as JSON where the command line asks for it. */
export function printReport(report: Report, request: Request, io: Io): void {
  io.stdout(request.isJson ? reportJson(report) : `${reportText(report)}\n`)
}
