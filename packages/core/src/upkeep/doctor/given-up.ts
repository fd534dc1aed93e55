import { severityOf } from '../../problem.ts'
import type { Entry } from '../../ports.ts'
import { pinnedBy } from '../../versions.ts'
import { namedByContent } from '../gc/named-by-content.ts'
import type { Repository } from '../git/repository.ts'
import { hashIn, keyIn } from '../store-files.ts'
import type { Change } from './changes.ts'
import { entriesOfIndex } from './index-entries.ts'
import type { Patient } from './patient.ts'

/**
 * Paths of entries and originals that git holds, and that were deleted here without loss, as `imprompt gc` does: content
 * names none of those pictures, and no entry that is here or wanted pins their bytes. None where it cannot be told what
 * content names, or what an entry pins.
 * @throws GitFailure
 */
export async function givenUpIn(
  patient: Patient,
  changes: readonly Change[],
  repository: Repository,
): Promise<readonly string[]> {
  const deleted = changes.flatMap(({ path, kind }) => (kind === 'deleted' ? [path] : []))
  const entryPaths = deleted.filter((path) => keyIn(path) !== undefined)
  if (entryPaths.length === 0 && !deleted.some((path) => hashIn(path) !== undefined)) return []
  const { requests, problems } = await patient.scan()
  if (problems.some((problem) => severityOf(problem) === 'error')) return []
  const gone = await entriesOfIndex(entryPaths, repository)
  const here = patient.entryFiles.flatMap(({ entry }) => entry ?? [])
  if (gone.size < entryPaths.length || here.length < patient.entryFiles.length) return []
  const named = await namedByContent(requests, patient.settings, [...here, ...gone.values()])
  const isUnnamed = ({ key }: Entry): boolean => !named.has(key)
  const needed = pinnedBy([...here, ...[...gone.values()].filter((entry) => !isUnnamed(entry))])
  return deleted.filter((path) => {
    const entry = gone.get(path)
    if (entry !== undefined) return isUnnamed(entry)
    const sha256 = hashIn(path)
    return sha256 !== undefined && !needed.has(sha256)
  })
}
