import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A document that nobody wrote with a thought of directives. */
export interface NpmDocument {
  /** Its path below the folder of installed packages. */
  readonly file: string
  readonly source: string
}

const store = fileURLToPath(new URL('../../../node_modules/.pnpm', import.meta.url))
const markdown = /\.(?:md|mdx|markdown)$/i
/** Markdown without its extension, or plain text, which is Markdown as well. */
const bare = /\/(?:readme|changelog|history|licen[cs]e|notice)$/i
const most = 550
const maxLength = 20_000

/** The Markdown of the installed packages, each text once, in the order of their paths; bare files up to 550. */
export function npmDocuments(): readonly NpmDocument[] {
  const files = filesBelow('').toSorted()
  const wanted = [markdown, bare].flatMap((name) => files.filter((file) => name.test(file)))
  const documents = new Map<string, NpmDocument>()
  for (const file of wanted) {
    if (documents.size === most) break
    const source = readFileSync(join(store, file), 'utf8')
    if (source.length <= maxLength && !documents.has(source))
      documents.set(source, { file, source })
  }
  return [...documents.values()]
}

/** Packages are folders here; the links to what they depend on, and to our own packages, are not followed. */
function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(store, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return filesBelow(path)
    return entry.isFile() ? [path] : []
  })
}
