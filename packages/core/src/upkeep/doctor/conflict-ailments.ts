import { entryPath } from '../../store/address.ts'
import type { Ailment } from './ailment.ts'
import type { Conflict } from './conflicts.ts'
import type { Patient } from './patient.ts'

/** What is told of conflicts that are left. */
export function ailmentsOfConflicts(
  conflicts: readonly Conflict[],
  { repository }: Patient,
): readonly Ailment[] {
  return conflicts.map((conflict) => ({
    code: 'conflict',
    severity: 'error',
    path: conflict.path,
    message: messageOn(conflict),
    remedy: remedyFor(conflict, repository?.prefix),
  }))
}

function messageOn({ sides }: Conflict): string {
  if (sides.length === 0) return 'git moved the entry of another picture here'
  const message = 'two branches wrote or deleted this entry, each in its own way'
  return sides.includes(undefined) ? `${message}, and a side is no entry of this version` : message
}

/** @param prefix Path of the store from the top of its repository; nothing where there is none. */
function remedyFor(
  { path, sides, strangers, versions }: Conflict,
  prefix: string | undefined,
): string {
  if (sides.length > 0 && !sides.includes(undefined))
    return '`imprompt doctor --fix` keeps the earlier purchase, or what was adopted, once its bytes are here as they were bought; `git lfs pull` or `imprompt pull` may bring them'
  if (prefix === undefined) return `take the marks and one side out of it, then ${verify}`
  const fromTop = (one: string): string => `-- ":/${prefix}${one}"`
  const file = fromTop(path)
  if (sides.length === 0) {
    const [own = ''] = strangers.map(({ key }) => entryPath(key))
    return `move it to \`${own}\`, \`git add ${fromTop(own)}\` and \`git rm --cached ${file}\`, then ${verify}`
  }
  if (versions.length === 0)
    return `${newer}\`git log ${file}\` names the commits before its marks, \`git checkout COMMIT ${file}\` takes it from one, then ${verify}`
  const choices = versions.map((version) => `\`git checkout --${version} ${file}\``)
  return `${newer}${choices.join(' or ')} keeps a version of it; \`git add ${file}\`, then ${verify}`
}

const newer = 'update imprompt where a newer version wrote it; else '
const verify = '`imprompt verify`'
