import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { globby } from 'globby'
import { reasonOf } from '../error.ts'
import type { Problem } from '../problem.ts'
import type { Directive } from './directive.ts'
import { scan } from './scan.ts'

/** What files ask for. */
export interface Content {
  readonly files: number
  readonly directives: readonly Directive[]
  readonly problems: readonly Problem[]
}

/** Reads what files ask for, and parses a text that it has seen before no second time. */
export interface ContentReader {
  /**
   * Every file that the globs name below the root, less what git ignores, `node_modules` and dot folders. Files are
   * read synchronously: that is three times faster here than many asynchronous reads.
   */
  readAll(root: string, globs: readonly string[], ignore: readonly string[]): Promise<Content>
  /** One file's text; what keeps it from being parsed is a problem of its author's. */
  read(source: string, file: string): Content
}

/** Makes a reader that has seen nothing yet. */
export function createContentReader(): ContentReader {
  const seen = new Map<string, Content>()
  const read = (source: string, file: string): Content => {
    const id = hash('sha256', `${file}\n${source}`)
    const content = seen.get(id) ?? contentOf(source, file)
    seen.set(id, content)
    return content
  }
  return {
    read,
    readAll: async (root, globs, ignore) => {
      const files = await globby(globs, {
        cwd: root,
        gitignore: true,
        ignore: ['**/node_modules/**', ...ignore],
      })
      const contents = files.toSorted().map((file) => readFile(root, file, read))
      return {
        files: files.length,
        directives: contents.flatMap(({ directives }) => directives),
        problems: contents.flatMap(({ problems }) => problems),
      }
    },
  }
}

const opening = '![gen:'

function readFile(root: string, file: string, read: ContentReader['read']): Content {
  try {
    const bytes = readFileSync(join(root, file))
    // Most files hold no directive: bytes are searched several times faster than they are decoded.
    return bytes.includes(opening) ? read(bytes.toString('utf8'), file) : nothing
  } catch (cause) {
    return unreadable(file, cause)
  }
}

const nothing: Content = { files: 1, directives: [], problems: [] }

function contentOf(source: string, file: string): Content {
  try {
    return { ...nothing, directives: scan(source, file) }
  } catch (cause) {
    return unreadable(file, cause)
  }
}

function unreadable(file: string, cause: unknown): Content {
  const place = { file, line: numberIn(cause, 'line'), column: numberIn(cause, 'column') }
  return { ...nothing, problems: [{ kind: 'file-unreadable', cause: reasonOf(cause), place }] }
}

/** The parser's own messages know their place. */
function numberIn(cause: unknown, name: 'line' | 'column'): number {
  if (typeof cause !== 'object' || cause === null) return 1
  const value: unknown = Reflect.get(cause, name)
  return typeof value === 'number' ? value : 1
}
