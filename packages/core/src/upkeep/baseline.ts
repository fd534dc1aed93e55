import { posix, relative, sep } from 'node:path'
import { ImpromptError } from '../error.ts'
import { readKey } from '../key/key.ts'
import type { Baseline } from '../plan/baseline.ts'
import type { Entry } from '../ports.ts'
import { decodeEntry } from '../store/entry.ts'
import { filesOfTree, textsOf } from './git/objects.ts'
import { type Repository, ifAny, linesOf, surroundingsOf } from './git/repository.ts'
import { GitFailure } from './git/run-git.ts'
import type { Ground } from './ground.ts'

/**
 * What the store held where this branch left another one.
 * @param ref A branch, tag or commit.
 * @throws `BASELINE_NOT_FOUND` where there is no such commit here, or no commit in common
 */
export async function baselineAt(
  ref: string,
  { root, storeFolder, environment, local }: Ground,
): Promise<Baseline> {
  // The branch may have no store yet, or none any more.
  const surroundings = await surroundingsOf(root, environment)
  if (surroundings.kind !== 'repository') {
    const reason =
      surroundings.kind === 'unknown' ? surroundings.reason : 'the store stands in no repository'
    throw missing(ref, `${reason}; git alone knows what there was before`)
  }
  try {
    const { commit, entries } = await committed(
      ref,
      surroundings.repository,
      relative(root, storeFolder).split(sep).join('/'),
    )
    const keys = await local.keys()
    return { ref, commit, entries, stored: new Set(keys.kind === 'hit' ? keys.value : []) }
  } catch (cause) {
    if (cause instanceof GitFailure) throw missing(ref, cause.message)
    throw cause
  }
}

async function committed(
  ref: string,
  repository: Repository,
  store: string,
): Promise<Pick<Baseline, 'commit' | 'entries'>> {
  const { git, prefix } = repository
  // What begins with a dash would be an option of git.
  const answer = await ifAny(
    git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]),
  )
  const [tip] = answer === undefined ? [] : await linesOf(answer)
  if (tip === undefined)
    throw missing(ref, 'there is no such commit here; fetch it, as by `git fetch origin`')
  const base = await ifAny(git(['merge-base', 'HEAD', tip]))
  const [commit] = base === undefined ? [] : await linesOf(base)
  if (commit === undefined) {
    const hint = repository.isShallow
      ? 'this clone is shallow; fetch its history, as with `fetch-depth: 0`'
      : 'they have no commit in common'
    throw missing(ref, hint)
  }
  const folder = posix.join(prefix, store, 'images/')
  if (folder.startsWith('../'))
    throw missing(ref, 'the store stands outside of this repository, which tells nothing of it')
  const files = (await filesOfTree(commit, git)).filter(({ path }) => path.startsWith(folder))
  const texts = await textsOf(
    files.map(({ blob }) => blob),
    git,
  )
  const entries = files.flatMap(({ path, blob }): readonly Entry[] => {
    const key = readKey(/\/([0-9a-f]{64})\.json$/.exec(path)?.[1])
    const text = texts.get(blob)
    if (key === undefined || text === undefined) return []
    const decoded = decodeEntry(text, key)
    if ('entry' in decoded) return [decoded.entry]
    const fault = 'fault' in decoded ? decoded.fault : decoded.newer
    throw missing(ref, `\`${path}\` of ${commit.slice(0, 12)}: ${fault}`)
  })
  return { commit, entries }
}

function missing(ref: string, reason: string): ImpromptError {
  return new ImpromptError(
    'BASELINE_NOT_FOUND',
    `Nothing to compare with at \`${ref}\`: ${reason}. Nothing was bought`,
  )
}
