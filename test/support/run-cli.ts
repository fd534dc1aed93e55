import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const bin = fileURLToPath(new URL('../../packages/cli/dist/bin.js', import.meta.url))

export interface CliRun {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs the built command line in a process of its own, in `cwd`, with nothing in its environment but what is given. */
export async function runCli(
  cwd: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<CliRun> {
  const path = process.env['PATH'] ?? ''
  const child = spawn(process.execPath, [bin, ...args], {
    cwd,
    env: { PATH: path, ...environment },
  })
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve))
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), closed])
  return { code, stdout, stderr }
}

/** What is said on stderr but for whom was waited for, which is said on a busy machine. */
export function withoutWaits({ stderr }: Pick<CliRun, 'stderr'>): string {
  return stderr.replaceAll(/^Waiting for process .*\n/gm, '')
}
