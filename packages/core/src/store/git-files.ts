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
    if (!existsSync(join(folder, name))) await write(folder, name, texts[name])
}

/** The lines that a file lacks; all of them where it is not there. Lines of a user's own say what they say. */
export function lackingLines(folder: string, name: GitFile): readonly string[] {
  const present = new Set(linesOf(folder, name).map((line) => line.trim()))
  return texts[name].filter((line) => !present.has(line) && !isDecided(line, present))
}

/** Adds the lines that a file lacks after those that it has; answers whether there were any. */
export async function completeGitFile(folder: string, name: GitFile): Promise<boolean> {
  const lacking = lackingLines(folder, name)
  if (lacking.length === 0) return false
  await write(folder, name, [...linesOf(folder, name), ...lacking])
  return true
}

/** Has git keep originals in Git LFS; answers whether that is news. */
export async function keepOriginalsInLfs(folder: string): Promise<boolean> {
  const lines = linesOf(folder, '.gitattributes')
  if (lines.some((line) => line.trim() === lfsOriginals)) return false
  // The last line that speaks of an attribute decides it.
  const others = lines.filter((line) => line.trim() !== plainOriginals)
  await write(folder, '.gitattributes', [...others, lfsOriginals])
  return true
}

/** Whether a person said of a path what is not to be said again, or the opposite. */
function isDecided(line: string, present: ReadonlySet<string>): boolean {
  if (line === plainOriginals) return present.has(lfsOriginals)
  return present.has(`!${line}`) || present.has(line.replace(/^\//, ''))
}

function linesOf(folder: string, name: GitFile): readonly string[] {
  try {
    return readFileSync(join(folder, name), 'utf8').replace(/\n$/, '').split('\n')
  } catch (cause) {
    if (systemCodeOf(cause) === 'ENOENT') return []
    throw cause
  }
}

function write(folder: string, name: GitFile, lines: readonly string[]): Promise<void> {
  const text = lines.map((line) => `${line}\n`).join('')
  return writeDurably(join(folder, name), Buffer.from(text), join(folder, 'tmp'))
}
