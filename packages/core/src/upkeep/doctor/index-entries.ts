import { parseJson } from '../../json.ts'
import type { Entry } from '../../ports.ts'
import { readEntry } from '../../store/entry.ts'
import { filesOfIndex, textsOf } from '../git/objects.ts'
import type { Repository } from '../git/repository.ts'
import { keyIn } from '../store-files.ts'

/**
 * Entries of git's index, by their paths in the store; what cannot be read as one, or bears the name of another, is left out.
 * @param paths Relative to the store.
 * @throws GitFailure
 */
export async function entriesOfIndex(
  paths: readonly string[],
  { git, prefix }: Repository,
): Promise<ReadonlyMap<string, Entry>> {
  if (paths.length === 0) return new Map()
  const files = await filesOfIndex(
    paths.map((path) => prefix + path),
    git,
  )
  const texts = await textsOf(
    files.map(({ blob }) => blob),
    git,
  )
  return new Map(
    files.flatMap(({ path, blob }) => {
      const entry = readEntry(parseJson(texts.get(blob) ?? ''))
      const own = path.slice(prefix.length)
      return entry !== undefined && entry.key === keyIn(own) ? [[own, entry]] : []
    }),
  )
}
