import {
  type Forecast,
  type Pipeline,
  type Prompts,
  type Report,
  appendStepSummary,
  githubAnnotations,
  reportJson,
  reportMarkdown,
  reportText,
} from '@imprompt/core'
import type { Request } from './args.ts'
import type { Io } from './io.ts'

/** Whose report it is. */
type Site = Pick<Pipeline, 'root' | 'settings'>

/** What there is to tell: a report, and why what it reports must not go on. */
type Told = Pick<Forecast, 'report'> & Partial<Forecast>

/** Prints a report on stdout, as JSON or Markdown where the command line asks for it. */
export function printReport(told: Told, site: Site, request: Request, io: Io): void {
  io.stdout(textOf(told, promptsFor(request, site), request))
}

/** How much of the prompts is shown to others. */
export function promptsFor({ prompts }: Request, { settings }: Site): Prompts {
  return prompts ?? settings.prompts
}

function textOf(
  { report, failure }: Told,
  prompts: Prompts,
  { isJson, isMarkdown }: Request,
): string {
  if (isJson) return reportJson(report)
  if (!isMarkdown) return `${reportText(report)}\n`
  return reportMarkdown(report, { prompts, failure: failure?.message })
}

/** Tells GitHub Actions, where it runs this: in annotations, and in the summary of the step. */
export async function tellGitHub(
  { report, failure }: Told,
  site: Site,
  request: Request,
  io: Io,
): Promise<void> {
  annotate(report, site.root, io)
  const options = { prompts: promptsFor(request, site), failure: failure?.message }
  const trouble = await appendStepSummary(report, io.environment, options)
  if (trouble !== undefined) io.stderr(`${trouble}\n`)
}

/** Makes annotations of a report's problems under GitHub Actions, which reads them on stderr as well. */
export function annotate({ problems }: Report, root: string, io: Io): void {
  for (const line of githubAnnotations(problems, root, io.environment)) io.stderr(`${line}\n`)
}
