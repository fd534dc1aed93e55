import { type OpenProject, openProject } from '@imprompt/core'
import type { Request } from './args.ts'

/** What a command may touch of its process. */
export interface Io {
  readonly cwd: string
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly version: string
  /** Aborted by the first Ctrl-C. */
  readonly stop: AbortSignal
  now(): Date
  /** Asks the person at the terminal for a yes or a no; absent where nobody sits there. */
  readonly confirm: ((question: string) => Promise<boolean>) | undefined
  stdout(text: string): void
  stderr(text: string): void
}

/** Most that `--live` waits for the servers. */
const patienceMs = 10_000

/** Opens the project that a command line names. A server that tells no days of retirement fails nothing. */
export async function projectOf(request: Request, io: Io): Promise<OpenProject> {
  const { root, config, mode, budget, isPartial, isLive } = request
  const patience = AbortSignal.any([io.stop, AbortSignal.timeout(patienceMs)])
  const project = await openProject({
    folder: root,
    environment: io.environment,
    flags: {
      ...(mode !== undefined && { mode }),
      ...(budget !== undefined && { budget }),
      isPartial,
    },
    ...(config !== undefined && { config }),
    ...(isLive && { askRetirementsUntil: patience }),
  })
  for (const [provider, reason] of project.retirementFailures)
    io.stderr(`No days of retirement from \`${provider}\`: ${reason}\n`)
  return project
}
