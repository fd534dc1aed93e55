import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { globby } from 'globby'
import { reasonOf } from '../error.ts'
import type { Problem } from '../problem.ts'
import type { Directive } from './directive.ts'
import { scan } from './scan.ts'

/** What the files of a project ask for. */
export interface Content {
  readonly files: number
  readonly directives: readonly Directive[]
  readonly problems: readonly Problem[]
}

/**
 * Reads every file that the globs name below the root, less what git ignores, `node_modules` and dot folders.
 * Files are read synchronously: that is three times faster here than many asynchronous reads.
 */
export async function readContent(
  root: string,
  globs: readonly string[],
  ignore: readonly string[],
): Promise<Content> {
  const files = await globby(globs, {
    cwd: root,
    gitignore: true,
    ignore: ['**/node_modules/**', ...ignore],
  })
  const read = files.toSorted().map((file) => readSource(root, file))
  return {
    files: files.length,
    directives: read.flatMap((one) => one.directives),
    problems: read.flatMap((one) => one.problems),
  }
}

/** Scans one file's text; what keeps it from being parsed is a problem of its author's. */
export function scanSource(source: string, file: string): Omit<Content, 'files'> {
  try {
    return { directives: scan(source, file), problems: [] }
  } catch (cause) {
    return { directives: [], problems: [unreadable(file, cause)] }
  }
}

function readSource(root: string, file: string): Omit<Content, 'files'> {
  try {
    return scanSource(readFileSync(join(root, file), 'utf8'), file)
  } catch (cause) {
    return { directives: [], problems: [unreadable(file, cause)] }
  }
}

function unreadable(file: string, cause: unknown): Problem {
  const place = { file, line: lineOf(cause, 'line'), column: lineOf(cause, 'column') }
  return {
    kind: 'file-unreadable',
    cause: reasonOf(cause),
    place,
  }
}

/** The parser's own messages know their place. */
function lineOf(cause: unknown, name: 'line' | 'column'): number {
  if (typeof cause !== 'object' || cause === null) return 1
  const value: unknown = Reflect.get(cause, name)
  return typeof value === 'number' ? value : 1
}
