import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { systemCodeOf } from './system-code.ts'
import { writeDurably } from './write-durably.ts'

/** What of a store's folder is local to a machine; folders end with a slash. */
export const localNames: readonly string[] = [
  'derived/',
  'journal/',
  'claims/',
  'tmp/',
  'quarantine/',
  'refusals/',
  'index/',
  'drafts/',
  'report.json',
  'report.html',
  'types.d.ts',
]

const plainOriginals = 'originals/** -text'
const lfsOriginals = 'originals/** filter=lfs diff=lfs merge=lfs -text'

/** A file by which git knows how to treat a store's folder. */
export type GitFile = '.gitignore' | '.gitattributes'

const texts: Readonly<Record<GitFile, readonly string[]>> = {
  '.gitignore': localNames.map((name) => `/${name}`),
  // A conversion of line ends would change bytes whose hash is pinned. Of two purchases one is kept whole: a merge line by
  // line would mix them, or carry what one branch did to an entry over to one that git takes for its new name.
  // Lines that two branches added to a ledger all stand.
  '.gitattributes': [
    'images/** text eol=lf -merge',
    'ledger/** text eol=lf merge=union',
    plainOriginals,
  ],
}

/** Those files. */
export const gitFiles: readonly GitFile[] = ['.gitignore', '.gitattributes']

/** Writes what git must know of a store's folder, once: what is local is ignored, what was bought is not converted. */
export async function ignoreLocalFiles(folder: string): Promise<void> {
  for (const name of gitFiles)
    if (!existsSync(join(folder, name)))
      await writeGitFile(folder, { name, after: texts[name].map((line) => `${line}\n`).join('') })
}

/** The lines that a file lacks; all of them where it is not there. Lines of a user's own say what they say. */
export function lackingLines(folder: string, name: GitFile): readonly string[] {
  const present = new Set(linesIn(textOf(folder, name)).map((line) => line.trim()))
  return texts[name].filter((line) => !present.has(line) && !isDecided(line, present))
}

/** Adds the lines that a file lacks after those that it has; answers whether there were any. */
export async function completeGitFile(folder: string, name: GitFile): Promise<boolean> {
  const changes = gitFileChanges(folder, false).filter((change) => change.name === name)
  for (const change of changes) await writeGitFile(folder, change)
  return changes.length > 0
}

/** What becomes of such a file. */
export interface GitFileChange {
  readonly name: GitFile
  /** Its text; absent where it is not there. */
  readonly before: string | undefined
  readonly after: string
}

/**
 * What completes the files of a store's folder; lines that they have stay.
 * @param usesLfs Whether git is to keep originals in Git LFS.
 */
export function gitFileChanges(folder: string, usesLfs: boolean): readonly GitFileChange[] {
  return gitFiles.flatMap((name) => {
    const before = textOf(folder, name)
    const lacking = lackingLines(folder, name)
    const complete = [...linesIn(before), ...lacking]
    const lines = usesLfs && name === '.gitattributes' ? withLfs(complete) : complete
    if (lacking.length === 0 && lines === complete) return []
    return [{ name, before, after: lines.map((line) => `${line}\n`).join('') }]
  })
}

/** Writes a change down. */
export function writeGitFile(
  folder: string,
  { name, after }: Pick<GitFileChange, 'name' | 'after'>,
): Promise<void> {
  return writeDurably(join(folder, name), Buffer.from(after), join(folder, 'tmp'))
}

/** Lines by which git keeps originals in Git LFS; the same where it does so already. */
function withLfs(lines: readonly string[]): readonly string[] {
  if (lines.some((line) => line.trim() === lfsOriginals)) return lines
  // The last line that speaks of an attribute decides it.
  return [...lines.filter((line) => line.trim() !== plainOriginals), lfsOriginals]
}

/** Whether a person said of a path what is not to be said again, or the opposite. */
function isDecided(line: string, present: ReadonlySet<string>): boolean {
  if (line === plainOriginals) return present.has(lfsOriginals)
  return present.has(`!${line}`) || present.has(line.replace(/^\//, ''))
}

function linesIn(text: string | undefined): readonly string[] {
  return text === undefined ? [] : text.replace(/\n$/, '').split('\n')
}

function textOf(folder: string, name: GitFile): string | undefined {
  try {
    return readFileSync(join(folder, name), 'utf8')
  } catch (cause) {
    if (systemCodeOf(cause) === 'ENOENT') return undefined
    throw cause
  }
}
