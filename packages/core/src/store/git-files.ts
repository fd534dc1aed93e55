import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { writeDurably } from './write-durably.ts'

const ignored = [
  'derived/',
  'journal/',
  'claims/',
  'tmp/',
  'quarantine/',
  'refusals/',
  'index.json',
  'report.json',
  'types.d.ts',
]

const files = [
  ['.gitignore', ignored.map((name) => `/${name}\n`).join('')],
  // A conversion of line ends would change bytes whose hash is pinned.
  // Lines that two branches added to a ledger all stand.
  [
    '.gitattributes',
    'images/** text eol=lf\nledger/** text eol=lf merge=union\noriginals/** -text\n',
  ],
] as const

/** Writes what git must know of a store's folder, once: what is local is ignored, what was bought is not converted. */
export async function ignoreLocalFiles(folder: string): Promise<void> {
  for (const [name, text] of files) {
    const path = join(folder, name)
    if (!existsSync(path)) await writeDurably(path, Buffer.from(text), join(folder, 'tmp'))
  }
}
