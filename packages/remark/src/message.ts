import type { ImpromptError, Report } from '@imprompt/core'
import type { VFile } from 'vfile'

/** Tells every problem at its place, then fails the file with the reason that outweighs the others. */
export function failOn(failure: ImpromptError, report: Report, file: VFile): never {
  for (const { line, column, code, message } of report.problems)
    file.message(message, { place: { line, column }, source: 'imprompt', ruleId: code })
  const first =
    report.problems[0] ?? report.images.find(({ state }) => state !== 'stored')?.places[0]
  const place = first && { line: first.line, column: first.column }
  file.fail(failure.message, {
    ...(place && { place }),
    source: 'imprompt',
    ruleId: failure.code.toLowerCase().replaceAll('_', '-'),
    cause: failure,
  })
}
