import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sha256Of } from '../../key/key.ts'
import type { Entry } from '../../ports.ts'
import { entryPath, originalPath } from '../../store/address.ts'
import { pinnedBy, versionsOf } from '../../versions.ts'
import { count } from '../../wording.ts'
import { hashIn } from '../store-files.ts'
import type { Ailment } from './ailment.ts'
import { type Change, restore } from './changes.ts'
import type { Conflict } from './conflicts.ts'
import type { Patient } from './patient.ts'

/** What git says of a store; nothing where there is no repository or it cannot be asked. */
export interface FromGit {
  readonly conflicts: readonly Conflict[]
  readonly changes: readonly Change[]
}

/** Originals that are not here, or not as they were bought, as far as sizes and git tell; `verify` reads them all. */
export function ailmentsOfOriginals(patient: Patient, { changes }: FromGit): readonly Ailment[] {
  const entries = patient.entryFiles.flatMap(({ entry }) =>
    entry === undefined ? [] : versionsOf(entry),
  )
  // Entries of equal bytes share an original.
  const byPath = new Map(entries.map((entry) => [originalPath(entry.original), entry]))
  const kinds = new Map(changes.map(({ path, kind }) => [path, kind]))
  const modified = [...kinds].flatMap(([path, kind]) => (kind === 'modified' ? [path] : []))
  const paths = new Set([...byPath.keys(), ...modified.filter((path) => hashIn(path))])
  const sizes = new Map(patient.files.map(({ path, bytes }) => [path, bytes]))
  return [...paths].flatMap((path): readonly Ailment[] => {
    const file = { path, bytes: sizes.get(path), entry: byPath.get(path), inGit: kinds.get(path) }
    const fault = faultOf(file, patient)
    return fault === undefined
      ? []
      : [{ ...fault, severity: 'error', path, remedy: wayBack(file, patient) }]
  })
}

interface OriginalFile {
  readonly path: string
  /** Absent where it is not there. */
  readonly bytes: number | undefined
  /** One that pins it. */
  readonly entry: Entry | undefined
  readonly inGit: Change['kind'] | undefined
}

function faultOf(
  { path, bytes, entry, inGit }: OriginalFile,
  { settings, storeFolder }: Patient,
): Pick<Ailment, 'code' | 'message'> | undefined {
  if (bytes === undefined) {
    // What is in a remote alone is told by `verify`, which fetches it.
    if (settings.remotes.length > 0 && inGit !== 'deleted') return undefined
    return { code: 'bytes-missing', message: 'an entry pins these bytes, and they are not here' }
  }
  const file = join(storeFolder, path)
  if (isPointer(file, bytes)) return undefined
  if (entry !== undefined && bytes !== entry.original.bytes)
    return {
      code: 'bytes-damaged',
      message: `it has ${count(bytes, 'byte')}, and ${entry.original.bytes} were bought; it is neither shown nor bought again`,
    }
  if (inGit !== 'modified' || sha256Of(readFileSync(file)) === hashIn(path)) return undefined
  return {
    code: 'bytes-damaged',
    message: 'its bytes are not those that were bought; it is neither shown nor bought again',
  }
}

/** What brings an original back, the first that may do so first. */
function wayBack({ path, entry, inGit }: OriginalFile, { repository, settings }: Patient): string {
  const isInGit = repository !== undefined && (inGit === 'deleted' || inGit === 'modified')
  const anew = entry && `, or delete \`${entryPath(entry.key)}\` to buy the picture anew`
  const last = isInGit
    ? `\`${restore(repository.prefix, path)}\``
    : `bring it back from another machine or an older commit${anew ?? ''}`
  return settings.remotes.length > 0 ? `\`imprompt pull\`; where no remote has it: ${last}` : last
}

const pointerBytes = 1024

/** Whether a file is what Git LFS leaves in the place of another one. */
export function isPointer(path: string, bytes: number): boolean {
  if (bytes > pointerBytes) return false
  return readFileSync(path, 'latin1').startsWith('version https://git-lfs.github.com/spec/')
}

/** Pointers of Git LFS in the place of originals. */
export function pointers({ files, storeFolder }: Patient): readonly Ailment[] {
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

/** Originals that no entry pins, where every entry can be read. */
export function strayOriginals(
  { entryFiles, files }: Patient,
  { conflicts }: FromGit,
): readonly Ailment[] {
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
      message: 'no entry here pins these bytes, which were bought or adopted earlier',
      remedy:
        '`imprompt doctor --fix` gives them their entry back where git or the journal knows it; `imprompt gc` deletes them where no branch names them',
    }))
}
