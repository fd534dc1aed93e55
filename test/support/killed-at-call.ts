import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { TestProject } from './project.ts'

const bin = fileURLToPath(new URL('../../packages/cli/dist/bin.js', import.meta.url))

/** Why a process cannot be killed at one of its calls here; nothing where it can. */
export function hindrance(): string | undefined {
  const { status } = spawnSync('strace', ['-qq', '-o', '/dev/null', 'true'])
  if (status === 0) return undefined
  return 'kills at each step of a purchase need strace and the right to trace; install the package `strace`'
}

/** At which of its system calls a process is killed. */
export interface KillPoint {
  readonly call: string
  readonly nth: number
}

/** Runs the command line, and kills it when it is about to make a call for the nth time. Answers whether it came that far. */
export async function isKilledAt(
  { call, nth }: KillPoint,
  project: TestProject,
  ...args: readonly string[]
): Promise<boolean> {
  const inject = `inject=${call}:signal=KILL:when=${nth}`
  const options = ['-f', '-qq', '-o', '/dev/null', '-e', `trace=${call}`, '-e', inject]
  const child = spawn('strace', [...options, process.execPath, bin, ...args], {
    cwd: project.root,
    stdio: 'ignore',
    // One thread makes all calls of the file system, so that they have an order.
    env: { PATH: process.env['PATH'] ?? '', UV_THREADPOOL_SIZE: '1' },
  })
  const [code, signal] = await new Promise<readonly [number | null, string | null]>((resolve) =>
    child.on('close', (...end) => resolve(end)),
  )
  return signal === 'SIGKILL' || code === 137
}
