import { count } from '../../wording.ts'
import type { Ailment } from './ailment.ts'
import { restore } from './changes.ts'
import { type FromGit, ailmentsOfOriginals, pointers, strayOriginals } from './originals.ts'
import type { Patient } from './patient.ts'

/** What is wrong with the files of a store, whatever git says of them. */
export function ailmentsOfFiles(patient: Patient, git: FromGit): readonly Ailment[] {
  const damaged = damagedEntries(patient, git)
  return [
    ...wrongNames(patient),
    ...damaged,
    ...convertedEntries(patient),
    ...pointers(patient),
    ...ailmentsOfOriginals(patient, git),
    // Which bytes an entry pins that cannot be read is not known.
    ...(damaged.length > 0 ? [] : strayOriginals(patient, git)),
  ]
}

function wrongNames({ files }: Patient): readonly Ailment[] {
  const present = new Set(files.map(({ path }) => path))
  return files.flatMap(({ path }) => {
    if (!/^(?:images|originals)\//.test(path)) return []
    const own = ownPathOf(path)
    if (own === path) return []
    const isUseless = own === undefined || present.has(own)
    return [{ code: 'name', path, ...(isUseless ? uselessFile : misplaced(own)) }]
  })
}

/** Where a file of such a name is looked for; nothing for what is no file of a store. */
function ownPathOf(path: string): string | undefined {
  const [, kind, name] =
    /^(images|originals)\/(?:.*\/)?([0-9a-f]{64}\.(?:json|png|jpg|webp|gif|svg))$/.exec(
      path.toLowerCase(),
    ) ?? []
  return name === undefined ? undefined : `${kind}/${name.slice(0, 2)}/${name}`
}

const uselessFile = {
  severity: 'note',
  message: 'it is no file of the store that this version knows, and is not read',
  remedy:
    'move it out of the store, and keep it: it may be yours, or of a newer version of imprompt',
} as const

/** On a file system that tells case apart, another machine may see two files where this one sees one. */
function misplaced(own: string) {
  return {
    severity: 'error',
    message: `it is looked for as \`${own}\`, so that it is not found, or only where case does not count`,
    remedy: `rename it to \`${own}\``,
  } as const
}

function damagedEntries(
  { entryFiles, repository }: Patient,
  { conflicts, changes }: FromGit,
): readonly Ailment[] {
  const known = new Set(conflicts.map(({ path }) => path))
  const held = new Set(changes.map(({ path, kind }) => (kind === 'modified' ? path : '')))
  return entryFiles.flatMap(({ path, fault }): readonly Ailment[] => {
    if (fault === undefined || known.has(path)) return []
    const remedy =
      repository !== undefined && held.has(path)
        ? `\`${restore(repository.prefix, path)}\``
        : 'bring it back from an older commit or another machine, else delete it to buy the picture anew'
    const message = `no build relies on it, so that its picture is neither shown nor bought: ${fault}`
    return [{ code: 'entry-damaged', severity: 'error', path, message, remedy }]
  })
}

function convertedEntries({ entryFiles }: Patient): readonly Ailment[] {
  const converted = entryFiles.filter(({ text }) => text.includes('\r\n'))
  const [first] = converted
  if (first === undefined) return []
  return [
    {
      code: 'line-ends',
      severity: 'warning',
      path: first.path,
      message: `${count(converted.length, 'entry file')} with line ends of Windows, which git shows as changed`,
      remedy: '`imprompt doctor --fix` writes them as they were',
    },
  ]
}
