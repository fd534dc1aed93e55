import { fieldsOf, ifAny, type Repository } from './repository.ts'

/**
 * Those of some paths that git ignores.
 * @param paths Relative to the folder that the repository was looked for around.
 * @param whichever Whether rules count for a path that git tracks, too.
 */
export async function ignoredOf(
  paths: readonly string[],
  { git, prefix }: Pick<Repository, 'git' | 'prefix'>,
  whichever: 'tracked-too' | 'untracked-only',
): Promise<ReadonlySet<string>> {
  const input = paths.map((path) => `${prefix}${path}\0`).join('')
  const index = whichever === 'tracked-too' ? ['--no-index'] : []
  const answer = await ifAny(git(['check-ignore', ...index, '-z', '--stdin'], input))
  const ignored = new Set(answer === undefined ? [] : await fieldsOf(answer))
  return new Set(paths.filter((path) => ignored.has(`${prefix}${path}`)))
}
