import { mkdir } from 'node:fs/promises'
import { ImpromptError } from '../error.ts'
import { type GitFileChange, gitFileChanges, writeGitFile } from '../store/git-files.ts'
import { isLfsSetUp } from './git/lfs.ts'
import { type Git, GitFailure, gitIn } from './git/run-git.ts'
import type { Ground } from './ground.ts'

/** How a store is prepared. */
export interface InitOptions {
  /** Whether git keeps originals in Git LFS. */
  readonly usesLfs: boolean
}

/**
 * What git must know of a store and its files do not say yet; what a person wrote there stays. Writes nothing.
 * @throws `LFS_MISSING` where Git LFS is wanted and not ready
 */
export async function gitChanges(
  { root, storeFolder, environment }: Pick<Ground, 'root' | 'storeFolder' | 'environment'>,
  { usesLfs }: InitOptions,
): Promise<readonly GitFileChange[]> {
  if (usesLfs) await requireLfs(gitIn(root, environment))
  return gitFileChanges(storeFolder, usesLfs)
}

/**
 * Writes what git must know of a store, and brings it up to date where an older version wrote it. Answers the names of the
 * files that changed.
 * @throws `LFS_MISSING` where Git LFS is wanted and not ready; nothing is written then
 */
export async function initialise(ground: Ground, options: InitOptions): Promise<readonly string[]> {
  const { storeFolder } = ground
  const changes = await gitChanges(ground, options)
  await mkdir(storeFolder, { recursive: true })
  for (const change of changes) await writeGitFile(storeFolder, change)
  return changes.map(({ name }) => name)
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
