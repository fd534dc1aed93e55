import { relative, sep } from 'node:path'
import { type Report, annotations, reportJson, reportText } from '@imprompt/core'
import type { Request } from './args.ts'
import type { Io } from './io.ts'

/** Prints a report on stdout, as JSON where the command line asks for it. */
export function printReport(report: Report, request: Request, io: Io): void {
  io.stdout(request.isJson ? reportJson(report) : `${reportText(report)}\n`)
}

/** Makes annotations of a report's problems under GitHub Actions, which reads them on stderr as well. */
export function annotate({ problems }: Report, root: string, io: Io): void {
  const { GITHUB_ACTIONS: isGitHub, GITHUB_WORKSPACE: repository = root } = io.environment
  if (isGitHub !== 'true') return
  for (const line of annotations(problems, folderIn(repository, root))) io.stderr(`${line}\n`)
}

function folderIn(repository: string, root: string): string {
  const path = relative(repository, root).split(sep).join('/')
  return path === '' || path.startsWith('..') ? '' : `${path}/`
}
