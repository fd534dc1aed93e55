import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Environment } from '../../ports.ts'
import { type Git, GitFailure, foreignVariables, gitIn } from './run-git.ts'

/** The repository that a store stands in. */
export interface Repository {
  /** Git at its top. */
  readonly git: Git
  /** Real path of its work tree. */
  readonly top: string
  /** Path of the store below the top, with forward slashes: empty, or with a slash at its end. */
  readonly prefix: string
  readonly isShallow: boolean
  /** Whether part of its files is left out of the work tree. */
  readonly isSparse: boolean
  /** Work tree of the repository whose submodule this one is. */
  readonly superproject: string | undefined
}

/** What git says of a folder. */
export type Surroundings =
  | { readonly kind: 'repository'; readonly repository: Repository }
  /** No repository is near. */
  | { readonly kind: 'none' }
  /** Git could not be asked. */
  | { readonly kind: 'unknown'; readonly reason: string }

/** Finds the repository that a store's folder stands in. Never rejects. */
export async function surroundingsOf(
  folder: string,
  environment: Environment,
): Promise<Surroundings> {
  const foreign = foreignVariables.filter((name) => (environment[name] ?? '') !== '')
  if (foreign.length > 0) {
    const names = foreign.map((name) => `\`${name}\``).join(', ')
    const reason = `${names} in the environment may name another repository than the one around \`${folder}\`; unset it, as in a hook of git by \`env -u\``
    return { kind: 'unknown', reason }
  }
  try {
    return { kind: 'repository', repository: await repositoryOf(gitIn(folder, environment)) }
  } catch (cause) {
    if (!(cause instanceof GitFailure)) throw cause
    const isOutside =
      cause.exitCode === undefined || cause.stderr.includes('not a git repository (or any')
    // Git may be missing, or stop at a `.git` that it does not understand.
    if (isOutside && !hasGitAbove(folder)) return { kind: 'none' }
    return { kind: 'unknown', reason: cause.message }
  }
}

async function repositoryOf(git: Git): Promise<Repository> {
  const asked = ['--show-toplevel', '--show-prefix', '--is-shallow-repository']
  const answer = await linesOf(git(['rev-parse', ...asked, '--show-superproject-working-tree']))
  const [top, prefix, shallow, superproject] = answer
  if (top === undefined || prefix === undefined || (shallow !== 'true' && shallow !== 'false'))
    throw new GitFailure('rev-parse', 0, `${answer.join(', ')}, which is not understood`)
  const atTop = git.in(top)
  return {
    git: atTop,
    top: realpathSync(top),
    prefix,
    isShallow: shallow === 'true',
    isSparse: (await setting(atTop, 'core.sparseCheckout')) === 'true',
    superproject: superproject === '' ? undefined : superproject,
  }
}

/** A setting of git, with its type `bool`; nothing where it is not set. */
async function setting(git: Git, name: string): Promise<string | undefined> {
  const values = await ifAny(git(['config', '--bool', '--get', name]))
  return values && (await linesOf(values))[0]
}

/** What git prints; nothing where its exit code is 1, by which it says that there is none. */
export async function ifAny(answer: Promise<Buffer>): Promise<Buffer | undefined> {
  try {
    return await answer
  } catch (cause) {
    if (cause instanceof GitFailure && cause.exitCode === 1) return undefined
    throw cause
  }
}

/** The lines of what git prints. */
export async function linesOf(answer: Promise<Buffer> | Buffer): Promise<readonly string[]> {
  return (await answer).toString('utf8').replace(/\n$/, '').split('\n')
}

/** The fields of what git prints with `-z`. */
export async function fieldsOf(answer: Promise<Buffer> | Buffer): Promise<readonly string[]> {
  return (await answer).toString('utf8').split('\0').slice(0, -1)
}

function hasGitAbove(folder: string): boolean {
  if (existsSync(join(folder, '.git'))) return true
  const above = dirname(folder)
  return above !== folder && hasGitAbove(above)
}
