import { count } from '../../wording.ts'
import { type Repository, fieldsOf } from '../git/repository.ts'
import type { Ailment } from './ailment.ts'

/** A file of a store that is not as git holds it. */
export interface Change {
  /** Relative to the store, with forward slashes. */
  readonly path: string
  /** Git's index holds what was `deleted` or `modified` here, and brings it back; a commit lacks what was `recorded`. */
  readonly kind: 'deleted' | 'modified' | 'recorded'
}

const committed = ['images', 'originals', 'ledger', '.gitignore', '.gitattributes']

/** The files of a store that git would show as changed, but for those in conflict. */
export async function changesIn({ git, prefix }: Repository): Promise<readonly Change[]> {
  const asked = ['status', '--porcelain=v1', '-z', '--untracked-files=all', '--no-renames', '--']
  const fields = await fieldsOf(git([...asked, ...committed.map((path) => prefix + path)]))
  const unmerged = /^(?:U.|.U|AA|DD) /
  return fields
    .filter((field) => !unmerged.test(field))
    .map((field) => ({ path: field.slice(3 + prefix.length), kind: kindOf(field.charAt(1)) }))
}

/** @param inWorkTree What git says of a file in the work tree, against its index. */
function kindOf(inWorkTree: string): Change['kind'] {
  if (inWorkTree === 'D') return 'deleted'
  return inWorkTree === 'M' || inWorkTree === 'T' ? 'modified' : 'recorded'
}

/** What is known of some changes besides. */
export interface KnownChanges {
  readonly changes: readonly Change[]
  /** Paths of files of which something worse is told. */
  readonly told: ReadonlySet<string>
  /** Paths of files that were deleted without loss, by `givenUpIn`. */
  readonly givenUp: ReadonlySet<string>
}

/** What git holds and the disk lost, and what the disk holds and no commit does. */
export function ailmentsOfChanges(
  { changes, told, givenUp }: KnownChanges,
  { prefix }: Repository,
): readonly Ailment[] {
  const others = changes.filter(({ path }) => !told.has(path) && !givenUp.has(path))
  const isWorse = changes.some(
    ({ path, kind }) => (kind === 'deleted' && !givenUp.has(path)) || told.has(path),
  )
  return [
    ...others
      .filter(({ kind }) => kind === 'deleted')
      .map(({ path }): Ailment => ({
        code: 'deleted',
        severity: 'error',
        path,
        message: messageOn(path),
        remedy: `\`${restore(prefix, path)}\`; where it was deleted on purpose, such as by \`imprompt gc\`, commit that`,
      })),
    ...uncommitted(
      others.filter(({ kind }) => kind !== 'deleted'),
      // What is damaged or gone would be committed as such.
      `${isWorse ? 'mend the errors, then ' : ''}${commitOf(prefix)}`,
    ),
    ...deliberate([...givenUp], prefix),
  ]
}

function commitOf(prefix: string): string {
  return `commit: \`git add ${prefix === '' ? '.' : prefix}\``
}

function deliberate(paths: readonly string[], prefix: string): readonly Ailment[] {
  const [first] = paths
  if (first === undefined) return []
  return [
    {
      code: 'deleted',
      severity: 'note',
      path: first,
      message: `${count(paths.length, 'file')} deleted of pictures that no content names, such as by \`imprompt gc\`; git holds ${paths.length === 1 ? 'it' : 'them'} still`,
      remedy: `${commitOf(prefix)}; or bring back a file: \`${restore(prefix, first)}\``,
    },
  ]
}

/** The command that takes a file of a store from git's index, in any folder of the work tree. */
export function restore(prefix: string, path: string): string {
  return `git restore -- ":/${prefix}${path}"`
}

function messageOn(path: string): string {
  const lost = 'git holds it, and it is not here'
  if (path.startsWith('images/')) return `${lost}: the next build may buy its picture again`
  if (path.startsWith('ledger/')) return `${lost}: what it tells is in no sum and no budget`
  return lost
}

function uncommitted(changes: readonly Change[], remedy: string): readonly Ailment[] {
  const [first] = changes
  if (first === undefined) return []
  return [
    {
      code: 'uncommitted',
      severity: 'warning',
      path: first.path,
      message: `${count(changes.length, 'file')} of the store that the last commit does not hold as it is; what was paid for is on this disk alone`,
      remedy,
    },
  ]
}
