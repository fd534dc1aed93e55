import type { Diagnostic, ImpromptError, Report } from '@imprompt/core'
import type { VFile } from 'vfile'

/** Tells every problem at its place. */
export function tellAll(problems: readonly Diagnostic[], file: VFile): void {
  for (const problem of problems) {
    const { line, column, code, excerpt, expected, nearest, url } = problem
    const message = file.message(problem.message, {
      place: { line, column },
      source: 'imprompt',
      ruleId: code,
    })
    // What linters show: the documentation, a longer note, and what would have been right.
    message.url = url
    if (excerpt !== undefined) message.note = excerpt
    if (nearest !== undefined) message.expected = [nearest]
    else if (expected !== undefined) message.expected = [expected]
  }
}

/** Fails a file whose problems are told with the reason that outweighs the others. */
export function failOn(failure: ImpromptError, report: Report, file: VFile): never {
  const first =
    report.problems.find(({ severity }) => severity === 'error') ??
    report.images.find(({ state }) => state !== 'stored')?.places[0]
  const place = first && { line: first.line, column: first.column }
  file.fail(failure.message, {
    ...(place && { place }),
    source: 'imprompt',
    ruleId: failure.code.toLowerCase().replaceAll('_', '-'),
    cause: failure,
  })
}
