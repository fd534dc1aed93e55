import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { CliRun } from './run-cli.ts'

const loop = fileURLToPath(new URL('./cli-loop.ts', import.meta.url))

/** A process that runs one command line after the other, as its start takes longer than any of them. */
export interface CliSession extends AsyncDisposable {
  run(...args: readonly string[]): Promise<CliRun>
}

/** How a session is started. */
export interface SessionOptions {
  /** With nothing else in the environment but a path. */
  readonly environment?: Readonly<Record<string, string>>
  /** A command that starts it in its own way. */
  readonly by?: readonly string[]
}

/** Starts the built command line in a folder. */
export function openCli(
  cwd: string,
  { environment = {}, by = [] }: SessionOptions = {},
): CliSession {
  const [command, ...args] = [...by, process.execPath, loop]
  const env = { PATH: process.env['PATH'] ?? '', ...environment }
  const child = spawn(command, args, { cwd, env, stdio: ['pipe', 'pipe', 'inherit'] })
  const closed = new Promise((resolve) => child.on('close', resolve))
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    run: async (...argv) => {
      child.stdin.write(`${JSON.stringify(argv)}\n`)
      const answer = await answers.next()
      if (answer.done === true) throw new Error(`the process ended at ${argv.join(' ')}`)
      const run: CliRun = JSON.parse(answer.value)
      return run
    },
    [Symbol.asyncDispose]: async () => {
      child.stdin.end()
      await closed
    },
  }
}
