import { join } from 'node:path'
import { ImpromptError, type Report, describePlace } from '@imprompt/core'

/**
 * A failure in the form that Vite's overlay and log want: the message tells every problem in a line, and the first one
 * has its file, place and line of source.
 */
export function overlayError(failure: ImpromptError, report: Report, root: string): ImpromptError {
  const errors = report.problems.filter(({ severity }) => severity === 'error')
  const [first] = errors
  if (first === undefined || failure.code !== 'AUTHORING_PROBLEMS') return failure
  const { line, column, excerpt, url } = first
  const file = join(root, first.file)
  const lines = errors.map((one) => `${describePlace(one)}  ${one.message}`)
  const message = [...lines, url].join('\n')
  return Object.assign(new ImpromptError(failure.code, message, { cause: failure }), {
    id: file,
    loc: { file, line, column },
    ...(excerpt !== undefined && { frame: excerpt }),
  })
}
