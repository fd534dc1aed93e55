import { type OpenProject, appendStepSummary, githubAnnotations, reportText } from '@imprompt/core'
import type { Start } from './host.ts'

/** Where a host's lines go. */
export interface Log {
  info(line: string): void
  warn(line: string): void
}

/** Tells a build's report where its lines go, and where GitHub Actions shows it. */
export function voiceOf({ pipeline }: OpenProject, log: Log): Omit<Start, 'isWatch'> {
  const { root, settings } = pipeline
  return {
    print: (report) => {
      log.info(`\n${reportText(report)}\n`)
      for (const line of githubAnnotations(report.problems, root, process.env)) log.info(line)
    },
    tell: (line) => log.info(line),
    summarise: (report, failure) => {
      const { prompts } = settings
      return appendStepSummary(report, process.env, { failure, prompts })
    },
    warn: (message) => log.warn(message),
  }
}
