import { mkdir } from 'node:fs/promises'
import { ImpromptError } from '../error.ts'
import { completeGitFile, gitFiles, keepOriginalsInLfs } from '../store/git-files.ts'
import { isLfsSetUp } from './git/lfs.ts'
import { type Git, GitFailure, gitIn } from './git/run-git.ts'
import type { Ground } from './ground.ts'

/** How a store is prepared. */
export interface InitOptions {
  /** Whether git keeps originals in Git LFS. */
  readonly usesLfs: boolean
}

/**
 * Writes what git must know of a store, and brings it up to date where an older version wrote it; what a person wrote there
 * stays. Answers the names of the files that changed.
 * @throws `LFS_MISSING` where Git LFS is wanted and not ready; nothing is written then
 */
export async function initialise(
  { root, storeFolder, environment }: Ground,
  { usesLfs }: InitOptions,
): Promise<readonly string[]> {
  if (usesLfs) await requireLfs(gitIn(root, environment))
  await mkdir(storeFolder, { recursive: true })
  const changed = new Set<string>()
  for (const name of gitFiles) if (await completeGitFile(storeFolder, name)) changed.add(name)
  if (usesLfs && (await keepOriginalsInLfs(storeFolder))) changed.add('.gitattributes')
  return [...changed]
}

async function requireLfs(git: Git): Promise<void> {
  if (!(await hasLfs(git)))
    throw missing('`git lfs` is not installed', 'install it, then run `git lfs install`')
  if (!(await isLfsSetUp(git)))
    throw missing('Git LFS is installed and not set up', 'run `git lfs install`')
}

/** Whether the program is there. */
async function hasLfs(git: Git): Promise<boolean> {
  return git(['lfs', 'version']).then(
    () => true,
    (cause: unknown) => {
      if (cause instanceof GitFailure) return false
      throw cause
    },
  )
}

function missing(fault: string, advice: string): ImpromptError {
  return new ImpromptError(
    'LFS_MISSING',
    `${fault}, so that git would keep originals as they are. Nothing was changed; ${advice} and \`imprompt init --lfs\``,
  )
}
