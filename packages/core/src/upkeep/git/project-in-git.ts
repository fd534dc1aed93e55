import { isGitIgnored } from 'globby'
import type { Environment } from '../../ports.ts'
import { ignoredOf } from './ignored.ts'
import { linesOf, surroundingsOf } from './repository.ts'

/** What git knows of a project's folder. */
export interface ProjectInGit {
  /** Real path of the work tree; absent where the folder stands in no repository. */
  readonly top?: string
  /** Addresses of the repository's remotes. */
  readonly remotes: readonly string[]
  /** Those of the paths that were asked about that no rule ignores, whether git tracks them or not. */
  readonly unignored: readonly string[]
}

/**
 * Asks git about a project's folder; without a repository, its `.gitignore` files.
 * @param paths Relative to the folder, with forward slashes.
 */
export async function projectInGit(
  folder: string,
  paths: readonly string[],
  environment: Environment,
): Promise<ProjectInGit> {
  const around = await surroundingsOf(folder, environment)
  if (around.kind !== 'repository') {
    const isIgnored = await isGitIgnored({ cwd: folder })
    return { remotes: [], unignored: paths.filter((path) => !isIgnored(path)) }
  }
  const { repository } = around
  const ignored = await ignoredOf(paths, repository, 'tracked-too')
  const lines = await linesOf(repository.git(['remote', '--verbose']))
  return {
    top: repository.top,
    remotes: lines.filter((line) => line !== ''),
    unignored: paths.filter((path) => !ignored.has(path)),
  }
}
