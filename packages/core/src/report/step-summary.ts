import { appendFile, stat } from 'node:fs/promises'
import { reasonOf } from '../error.ts'
import type { Environment } from '../ports.ts'
import { type MarkdownOptions, reportMarkdown } from './markdown/markdown.ts'
import type { Report } from './report.ts'

/** GitHub drops the summary of a step, all of it, above 1 MiB. */
const maxBytes = 1_000_000

/** A character (UTF-16 unit) takes as many bytes at most. */
const bytesPerCharacter = 3

/** With less room a report is not worth its heading. */
const leastCharacters = 8_000

/**
 * Appends a report to the summary of a step of GitHub Actions, where the environment names one, within what GitHub
 * takes with what is there already. Answers why that was not possible, which must fail no build.
 * @param options All but the limit.
 */
export async function appendStepSummary(
  report: Report,
  environment: Environment,
  options: Omit<MarkdownOptions, 'limit'> = {},
): Promise<string | undefined> {
  const path = environment['GITHUB_STEP_SUMMARY'] ?? ''
  if (path === '') return undefined
  try {
    const bytes = await bytesOf(path)
    const limit = Math.floor((maxBytes - bytes - 1) / bytesPerCharacter)
    if (limit < leastCharacters)
      return `\`${path}\` holds ${bytes} bytes, which leaves no room for the report in the summary of the step`
    // What is there may end within a line.
    await appendFile(
      path,
      `${bytes > 0 ? '\n' : ''}${reportMarkdown(report, { ...options, limit })}`,
    )
    return undefined
  } catch (cause) {
    return `The summary of the step was not written to \`${path}\`: ${reasonOf(cause)}`
  }
}

async function bytesOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined)
  return found?.size ?? 0
}
