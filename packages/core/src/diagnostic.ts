import { describePlace } from './place.ts'
import type { Place } from './ports.ts'
import { type Fix, type Problem, type Severity, describeProblem, severityOf } from './problem.ts'
import { secretIn } from './secret.ts'

/** A problem in the form that people and scripts read. */
export interface Diagnostic extends Place {
  readonly code: string
  readonly severity: Severity
  readonly message: string
  /** What was expected instead. */
  readonly expected?: string
  /** The name that was probably meant. */
  readonly nearest?: string
  /** The line of the source with its number, and a caret under the place; absent where the source is not at hand. */
  readonly excerpt?: string
  /** Page of the documentation. */
  readonly url: string
  /** Whether `imprompt lint --fix` mends it. */
  readonly isFixable?: true
}

/** The page that explains every problem and error, each under its code. */
export const documentation =
  'https://github.com/imprompt/imprompt/blob/main/packages/core/problems.md'

/** @param source Text of the file that the problem stands in. */
export function diagnose(problem: Problem, source: string | undefined): Diagnostic {
  const { place, kind } = problem
  const expected = 'expected' in problem ? problem.expected : undefined
  const nearest = 'nearest' in problem ? problem.nearest : undefined
  const excerpt = source === undefined ? undefined : excerptOf(source, place)
  const isFixable = problem.fix !== undefined && source !== undefined && stands(problem.fix, source)
  return {
    ...place,
    code: kind,
    severity: severityOf(problem),
    message: describeProblem(problem),
    ...(expected !== undefined && { expected }),
    ...(nearest !== undefined && { nearest }),
    ...(excerpt !== undefined && { excerpt }),
    url: `${documentation}#${kind}`,
    ...(isFixable && { isFixable }),
  }
}

/** Problems in the order of their files, lines and columns. */
export function diagnosticsOf(
  problems: readonly Problem[],
  sources: ReadonlyMap<string, string>,
): readonly Diagnostic[] {
  return problems
    .map((problem) => diagnose(problem, sources.get(problem.place.file)))
    .toSorted(
      (one, other) =>
        compare(one.file, other.file) || one.line - other.line || one.column - other.column,
    )
}

function compare(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}

/** A diagnostic for a terminal: place and message, the line that it stands in, and where it is explained. */
export function diagnosticText(diagnostic: Diagnostic): string {
  const { code, message, excerpt, severity, url } = diagnostic
  const kind = severity === 'warning' ? 'warning: ' : ''
  const lines = [...(excerpt?.split('\n') ?? []), url]
  return [
    `  ${describePlace(diagnostic)}  ${kind}${message}  (${code})`,
    ...lines.map((line) => `      ${line}`),
  ].join('\n')
}

/** Most characters of a line that are shown before and after the caret. */
const before = 60
const after = 60

/**
 * A line of a source with its number, and a caret under the column; a long line is cut to what stands around it.
 * Answers nothing for a place that the source does not have, nor for a line that gives a secret away.
 */
export function excerptOf(source: string, { line, column }: Place): string | undefined {
  const text = lineOf(source, line)
  if (text === undefined || column > text.length + 1 || secretIn(text) !== undefined)
    return undefined
  const start = Math.max(0, column - 1 - before)
  const left = (start > 0 ? '…' : '') + visible(text.slice(start, column - 1))
  const right = visible(text.slice(column - 1, column - 1 + after))
  const cut = column - 1 + after < text.length ? '…' : ''
  const gutter = `${line} | `
  return `${gutter}${left}${right}${cut}\n${' '.repeat(gutter.length - 2)}| ${blank(left)}^`
}

function lineOf(source: string, line: number): string | undefined {
  return source.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)[line - 1]
}

/** Whether the text that a fix replaces is what stands at its place. */
function stands({ place, actual }: Fix, source: string): boolean {
  return lineOf(source, place.line)?.startsWith(actual, place.column - 1) === true
}

/** A tab is as wide as a terminal likes, and a control character may be an order to it. */
function visible(text: string): string {
  return text.replaceAll('\t', '  ').replaceAll(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, '�')
}

const wide =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Emoji_Presentation}/u
const zeroWidth = /[\p{Mn}\p{Me}\p{Cf}]/u

/** White space that is as wide as the text. */
function blank(text: string): string {
  return [...text]
    .map((character) => (zeroWidth.test(character) ? '' : wide.test(character) ? '\u3000' : ' '))
    .join('')
}
