import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { originalPath } from '../../store/address.ts'
import { pinnedBy, versionsOf } from '../../store/versions.ts'
import { count } from '../../wording.ts'
import { hashIn } from '../store-files.ts'
import type { Ailment } from './ailment.ts'
import type { Conflict } from './conflicts.ts'
import type { Patient } from './patient.ts'

/** What is wrong with the files of a store, whatever git says of them. */
export function ailmentsOfFiles(
  patient: Patient,
  conflicts: readonly Conflict[],
): readonly Ailment[] {
  return [
    ...wrongNames(patient),
    ...damagedEntries(patient, conflicts),
    ...convertedEntries(patient),
    ...pointers(patient),
    ...lostOriginals(patient),
    ...strayOriginals(patient, conflicts),
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
  { entryFiles }: Patient,
  conflicts: readonly Conflict[],
): readonly Ailment[] {
  const known = new Set(conflicts.map(({ path }) => path))
  return entryFiles
    .filter(({ path, entry }) => entry === undefined && !known.has(path))
    .map(({ path }) => ({
      code: 'entry-damaged',
      severity: 'error',
      path,
      message: 'it is no entry of this version, so that its picture is neither shown nor bought',
      remedy: 'restore it from git, or update imprompt where a newer version wrote it',
    }))
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

const pointerBytes = 1024

/** Whether a file is what Git LFS leaves in the place of another one. */
export function isPointer(path: string, bytes: number): boolean {
  if (bytes > pointerBytes) return false
  return readFileSync(path, 'latin1').startsWith('version https://git-lfs.github.com/spec/')
}

function pointers({ files, storeFolder }: Patient): readonly Ailment[] {
  const found = files.filter(
    ({ path, bytes }) => hashIn(path) !== undefined && isPointer(join(storeFolder, path), bytes),
  )
  const [first] = found
  if (first === undefined) return []
  return [
    {
      code: 'lfs-pointer',
      severity: 'error',
      path: first.path,
      message: `${count(found.length, 'pointer')} of Git LFS in the place of originals; nothing is bought for them`,
      remedy: 'run `git lfs pull`',
    },
  ]
}

function lostOriginals({ entryFiles, files, settings }: Patient): readonly Ailment[] {
  // What is in a remote alone is told by `verify`, which fetches it.
  if (settings.remotes.length > 0) return []
  const present = new Set(files.map(({ path }) => path))
  return entryFiles
    .flatMap(({ entry }) => (entry === undefined ? [] : versionsOf(entry)))
    .map(({ original }) => originalPath(original))
    .filter((path) => !present.has(path))
    .map((path) => ({
      code: 'bytes-missing',
      severity: 'error',
      path,
      message: 'an entry pins these bytes, and they are not here',
      remedy: 'restore them from git, or delete the entry to buy the picture anew',
    }))
}

function strayOriginals(patient: Patient, conflicts: readonly Conflict[]): readonly Ailment[] {
  // Which bytes an entry pins that cannot be read is not known.
  if (damagedEntries(patient, conflicts).length > 0) return []
  const { entryFiles, files } = patient
  const sides = conflicts.flatMap((conflict) => conflict.sides.flatMap((side) => side ?? []))
  const entries = [...entryFiles.flatMap(({ entry }) => entry ?? []), ...sides]
  const pinned = pinnedBy(entries)
  return files
    .filter(({ path }) => {
      const sha256 = hashIn(path)
      return sha256 !== undefined && !pinned.has(sha256)
    })
    .map(({ path }) => ({
      code: 'bytes-of-nobody',
      severity: 'note',
      path,
      message: 'no entry here pins these bytes, which may have been paid for',
      remedy:
        '`imprompt doctor --fix` gives them their entry back where git or the journal knows it; `imprompt gc` deletes them where no branch names them',
    }))
}
