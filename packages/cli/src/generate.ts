import { type Request, consentOf } from './args.ts'
import { type Io, projectOf } from './io.ts'
import { printReport, tellGitHub } from './print.ts'

/** Buys what is missing, within the budget; files for pages are encoded by the build that shows them. */
export async function generate(request: Request, io: Io): Promise<number> {
  const { pipeline, terms, keepReport } = await projectOf(request, io)
  const scan = await pipeline.scan()
  const options = {
    isLazy: true,
    stop: io.stop,
    consent: consentOf(request),
    tell: (line: string) => io.stderr(`${line}\n`),
  }
  const buying = { ...terms, mode: 'generate' } as const
  const { report, failure, notice } = request.inBatch
    ? await pipeline.generateInBatch(scan, buying, options)
    : { ...(await pipeline.build(scan, buying, options)), notice: '' }
  const trouble = await keepReport(report)
  printReport({ report, failure }, pipeline, request, io)
  if (notice !== '') (request.isJson || request.isMarkdown ? io.stderr : io.stdout)(notice)
  await tellGitHub({ report, failure }, pipeline, request, io)
  if (trouble !== undefined) io.stderr(`${trouble}\n`)
  if (failure === undefined) return 0
  io.stderr(`${failure.message}\n`)
  return failure.exitCode
}
