import {
  type Forecast,
  type Report,
  appendStepSummary,
  githubAnnotations,
  reportJson,
  reportMarkdown,
  reportText,
} from '@imprompt/core'
import type { Request } from './args.ts'
import type { Io } from './io.ts'

/** What there is to tell: a report, and why what it reports must not go on. */
type Told = Pick<Forecast, 'report'> & Partial<Forecast>

/** Prints a report on stdout, as JSON or Markdown where the command line asks for it. */
export function printReport(told: Told, request: Request, io: Io): void {
  io.stdout(textOf(told, request))
}

function textOf({ report, failure }: Told, { isJson, isMarkdown, prompts }: Request): string {
  if (isJson) return reportJson(report)
  if (!isMarkdown) return `${reportText(report)}\n`
  return reportMarkdown(report, { prompts, failure: failure?.message })
}

/** Tells GitHub Actions, where it runs this: in annotations, and in the summary of the step. */
export async function tellGitHub(
  { report, failure }: Told,
  root: string,
  request: Request,
  io: Io,
): Promise<void> {
  annotate(report, root, io)
  const options = { prompts: request.prompts, failure: failure?.message }
  const trouble = await appendStepSummary(report, io.environment, options)
  if (trouble !== undefined) io.stderr(`${trouble}\n`)
}

/** Makes annotations of a report's problems under GitHub Actions, which reads them on stderr as well. */
export function annotate({ problems }: Report, root: string, io: Io): void {
  for (const line of githubAnnotations(problems, root, io.environment)) io.stderr(`${line}\n`)
}
