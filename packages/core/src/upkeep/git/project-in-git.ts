import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isGitIgnored } from 'globby'
import type { Environment } from '../../ports.ts'
import { isIgnoring, rulesOn } from './ignored.ts'
import { linesOf, surroundingsOf } from './repository.ts'

/** What git knows of a project's folder. */
export interface ProjectInGit {
  /** Real path of the work tree; absent where the folder stands in no repository. */
  readonly top?: string
  /** Addresses of the repository's remotes. */
  readonly remotes: readonly string[]
  /** Those of the paths that were asked about that no rule ignores, whether git tracks them or not. */
  readonly unignored: readonly string[]
  /** Those of them that a rule wants to be seen, such as `!.env.local`. */
  readonly wanted: readonly string[]
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
    const unignored = paths.filter((path) => !isIgnored(path))
    return { remotes: [], unignored, wanted: wantedIn(folder, unignored) }
  }
  const { repository } = around
  const rules = await rulesOn(paths, repository)
  const ignored = new Set(rules.filter(isIgnoring).map(({ path }) => path))
  const lines = await linesOf(repository.git(['remote', '--verbose']))
  return {
    top: repository.top,
    remotes: lines.filter((line) => line !== ''),
    unignored: paths.filter((path) => !ignored.has(path)),
    wanted: rules.filter((rule) => !isIgnoring(rule)).map(({ path }) => path),
  }
}

/** Paths of which the folder's own rules say so in as many words. */
function wantedIn(folder: string, paths: readonly string[]): readonly string[] {
  const file = join(folder, '.gitignore')
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split(/\r?\n/) : []
  return paths.filter((path) => lines.some((line) => line === `!${path}` || line === `!/${path}`))
}
