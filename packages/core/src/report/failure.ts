import { type Diagnostic, documentation } from '../diagnostic.ts'
import type { ImpromptError } from '../error.ts'
import type { Report, Totals } from './report.ts'

/** The report of a project that could not be read: one problem at its configuration, and nothing else. */
export function reportOfFailure({ code, message }: ImpromptError, file: string): Report {
  const name = code.toLowerCase().replaceAll('_', '-')
  const url = `${documentation}#${name}`
  const problem = { code: name, severity: 'error', message, url } as const
  return reportOfProblems([{ ...problem, file, line: 1, column: 1 }], { globs: [], files: 0 })
}

/** The report of a look at problems alone. */
export function reportOfProblems(
  problems: readonly Diagnostic[],
  content: Report['content'],
): Report {
  return {
    schema: 1,
    content,
    images: [],
    totals: noTotals,
    budget: { state: 'pass', rules: [] },
    problems,
    changedStyles: [],
    incidents: [],
  }
}

/** Of nothing. */
export const noTotals: Totals = {
  directives: 0,
  images: 0,
  stored: 0,
  pinned: 0,
  shared: 0,
  new: 0,
  bought: 0,
  refused: 0,
  failed: 0,
  unknown: 0,
  placeholder: 0,
  drafts: 0,
  requests: 0,
  encoded: 0,
  estimateMicroUsd: 0,
  worstMicroUsd: 0,
  spentMicroUsd: 0,
  savedMicroUsd: 0,
}
