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

/** A rule of git that says of a path whether it is ignored. */
export interface IgnoreRule {
  /** As it was asked about. */
  readonly path: string
  /** The file that the rule stands in, relative to the top of the repository, or absolute where git has it elsewhere. */
  readonly file: string
  readonly line: number
  /** Begins with `!` where the path is not to be ignored. */
  readonly pattern: string
}

/**
 * The rules that decide about some paths, whether git tracks them or not; none of those that no rule speaks of.
 * @param paths Relative to the folder that the repository was looked for around.
 */
export async function rulesOn(
  paths: readonly string[],
  { git, prefix }: Pick<Repository, 'git' | 'prefix'>,
): Promise<readonly IgnoreRule[]> {
  const input = paths.map((path) => `${prefix}${path}\0`).join('')
  const answer = await ifAny(git(['check-ignore', '-z', '--stdin', '-v', '--no-index'], input))
  const fields = answer === undefined ? [] : await fieldsOf(answer)
  return fields.flatMap((path, at) => {
    if (at % 4 !== 3) return []
    const [file = '', line, pattern = ''] = fields.slice(at - 3, at)
    return [{ path: path.slice(prefix.length), file, line: Number(line), pattern }]
  })
}

/** Whether a rule has git ignore its path. */
export function isIgnoring({ pattern }: IgnoreRule): boolean {
  return !pattern.startsWith('!')
}
