import { execFile } from 'node:child_process'
import type { Environment } from '../../ports.ts'

/** Asks git about a repository. */
export interface Git {
  /**
   * What git prints.
   * @param input What it reads.
   * @throws GitFailure where it answers with an error, or is not there
   */
  (args: readonly string[], input?: string): Promise<Buffer>
  /** The same git in another folder. */
  in(folder: string): Git
}

/** Git answered with an error. */
export class GitFailure extends Error {
  override readonly name = 'GitFailure'
  /** Nothing where there is no git. */
  readonly exitCode: number | undefined
  readonly stderr: string

  constructor(command: string, exitCode: number | undefined, stderr: string) {
    super(`\`git ${command}\` answered: ${stderr.trim()}`)
    this.exitCode = exitCode
    this.stderr = stderr
  }
}

/**
 * The variables that name another repository than the one that a folder stands in, as git sets them for its hooks.
 * https://git-scm.com/docs/git#_environment_variables
 */
export const foreignVariables: readonly string[] = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_COMMON_DIR',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_NAMESPACE',
  'GIT_SHALLOW_FILE',
]

/** Git in a folder, with words that can be compared, paths that are taken literally, and nobody who could be asked. */
export function gitIn(folder: string, environment: Environment): Git {
  const env = {
    ...environment,
    LC_ALL: 'C',
    LANGUAGE: 'C',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_DISCOVERY_ACROSS_FILESYSTEM: '1',
    GIT_CEILING_DIRECTORIES: undefined,
  }
  const run = (args: readonly string[], input = ''): Promise<Buffer> => {
    const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
    // `check-ignore` takes paths alone, and stumbles over being told so.
    const literal = args[0] === 'check-ignore' ? {} : { GIT_LITERAL_PATHSPECS: '1' }
    const options = {
      cwd: folder,
      env: { ...env, ...literal },
      encoding: 'buffer',
      maxBuffer: Infinity,
    } as const
    const child = execFile('git', [...quiet, ...args], options, (failure, stdout, stderr) => {
      if (failure === null) resolve(stdout)
      else reject(failureOf(args, failure, stderr.toString('utf8')))
    })
    // A git that ends before it read everything says itself what is wrong.
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(input)
    return promise
  }
  return Object.assign(run, { in: (other: string) => gitIn(other, environment) })
}

/** Programs that a repository's own configuration names are not started to look at it. */
const quiet: readonly string[] = ['-c', 'core.fsmonitor=false', '--no-pager']

function failureOf(
  args: readonly string[],
  failure: Error & { readonly code?: unknown },
  stderr: string,
): GitFailure {
  const exitCode = typeof failure.code === 'number' ? failure.code : undefined
  return new GitFailure(args[0] ?? '', exitCode, stderr.trim() === '' ? failure.message : stderr)
}
