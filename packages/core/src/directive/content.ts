import { hash } from 'node:crypto'
import { readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { globby } from 'globby'
import { reasonOf } from '../error.ts'
import type { Problem } from '../problem.ts'
import type { Directive } from './directive.ts'
import { frontMatterBlockOf } from './front-matter/block.ts'
import { readFrontMatter } from './front-matter/front-matter.ts'
import { mayHoldInFrontMatter } from './front-matter/may-hold.ts'
import { openings } from './opening.ts'
import { readMarkdown } from './scan.ts'

/** What files ask for. */
export interface Content {
  readonly files: number
  readonly directives: readonly Directive[]
  readonly problems: readonly Problem[]
  /** Text of each file that may ask for something, by its name. */
  readonly sources: ReadonlyMap<string, string>
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

/** No file at all. */
export const noContent: Content = { files: 0, directives: [], problems: [], sources: new Map() }

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
      const own = withoutLoops(root, files)
      const contents = own.toSorted().map((file) => readFile(root, file, read))
      return {
        files: own.length,
        directives: contents.flatMap(({ directives }) => directives),
        problems: contents.flatMap(({ problems }) => problems),
        sources: new Map(contents.flatMap(({ sources }) => [...sources])),
      }
    },
  }
}

/** A folder that links lead to more than once is read once, by its shortest path. */
function withoutLoops(root: string, files: readonly string[]): readonly string[] {
  const folders = [...new Set(files.map(dirname))].toSorted(
    (one, other) => one.length - other.length,
  )
  const shortest = new Map<string, string>()
  for (const folder of folders) {
    const real = realpathSync(join(root, folder))
    if (!shortest.has(real)) shortest.set(real, folder)
  }
  const kept = new Set(shortest.values())
  return files.filter((file) => kept.has(dirname(file)))
}

function readFile(root: string, file: string, read: ContentReader['read']): Content {
  try {
    const bytes = readFileSync(join(root, file))
    return mayHold(bytes) ? read(bytes.toString('utf8'), file) : nothing
  } catch (cause) {
    return unreadable(file, cause)
  }
}

/** Most files hold no directive: bytes are searched several times faster than they are decoded. */
function mayHold(bytes: Buffer): boolean {
  return openings.some((opening) => bytes.includes(opening)) || mayHoldInHead(bytes)
}

/** Front matter seldom is longer. */
const headBytes = 8_192

function mayHoldInHead(bytes: Buffer): boolean {
  if (!/^(?:\u00EF\u00BB\u00BF)?(?:---|\+\+\+)/.test(bytes.toString('latin1', 0, 6))) return false
  const head = bytes.toString('utf8', 0, headBytes)
  const isWhole = frontMatterBlockOf(head) !== undefined
  return mayHoldInFrontMatter(isWhole ? head : bytes.toString('utf8'))
}

const nothing: Content = { ...noContent, files: 1 }

function contentOf(source: string, file: string): Content {
  try {
    const matter = readFrontMatter(source, file)
    const markdown = readMarkdown(source, file)
    const page = matter?.page
    const inText = markdown.directives.map((directive) => ({ ...directive, ...(page && { page }) }))
    const directives = [...(matter?.directives ?? []), ...inText]
    const problems = [...(matter?.problems ?? []), ...markdown.problems]
    return { files: 1, directives, problems, sources: new Map([[file, source]]) }
  } catch (cause) {
    return { ...unreadable(file, cause), sources: new Map([[file, source]]) }
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
