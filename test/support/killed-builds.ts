import { spawn } from 'node:child_process'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import type { OpenAiDouble } from './openai-server.ts'
import type { TestProject } from './project.ts'

const bin = fileURLToPath(new URL('../../packages/cli/dist/bin.js', import.meta.url))

/** Numbers from 0 to 1 that are the same in every run. */
export function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

/** How builds of a machine end. */
export interface Killing {
  /** Share of them that are killed on their way. */
  readonly rate: number
  readonly random: () => number
  readonly openAi: OpenAiDouble
  /** The command, where it is no plain build. */
  readonly words?: readonly string[]
  /** Told of each that was killed. */
  readonly onKilled: (pid: number | undefined) => void
}

/** Builds until a build goes through. */
export async function buildDespite(killing: Killing, project: TestProject): Promise<void> {
  const { words = ['generate'] } = killing
  for (;;) {
    const child = spawn(process.execPath, [bin, ...words, '--retry-unknown', '--budget', '90'], {
      cwd: project.root,
      stdio: 'ignore',
      env: { PATH: process.env['PATH'] ?? '' },
    })
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
    const over = new AbortController()
    const killed =
      killing.random() < killing.rate ? killSoon(killing, child, over.signal) : undefined
    const code = await ended
    over.abort()
    if (code === null) killing.onKilled(child.pid)
    await killed
    if (code === 0) return
    expect([null, 7], `exit code ${code}`).toContain(code)
  }
}

/** Kills while pictures are being made, some of them for this build. */
async function killSoon(
  { random, openAi }: Killing,
  child: { kill(signal: 'SIGKILL'): boolean },
  over: AbortSignal,
): Promise<void> {
  const due = openAi.billed.length + 1 + Math.floor(3 * random())
  const delayMs = 300 * random()
  while (openAi.billed.length < due && !over.aborted) await setTimeout(5)
  await setTimeout(delayMs)
  if (!over.aborted) child.kill('SIGKILL')
}
