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
  stdout(text: string): void
  stderr(text: string): void
}

/** Opens the project that a command line names. */
export function projectOf(request: Request, io: Io): Promise<OpenProject> {
  const { root, config, mode, budget } = request
  return openProject({
    folder: root,
    environment: io.environment,
    flags: { ...(mode !== undefined && { mode }), ...(budget !== undefined && { budget }) },
    ...(config !== undefined && { config }),
  })
}
