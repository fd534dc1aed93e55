import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { fsLedger } from '../../packages/core/src/store/ledger.ts'
import { type OpenAiDouble, startOpenAi } from '../support/openai-server.ts'
import { credentials, makeProject, type TestProject } from '../support/project.ts'
import { runCli } from '../support/run-cli.ts'

const bin = fileURLToPath(new URL('../../packages/cli/dist/bin.js', import.meta.url))

/** The whole matrix takes minutes: it is run by `pnpm test:faults`, and a small one with every test. */
const isWhole = process.env['IMPROMPT_FAULTS'] === 'all'
const machines = isWhole ? 8 : 4
const pictures = isWhole ? 20 : 6

function namesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : []
}

/** Numbers from 0 to 1 that are the same in every run. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

interface Machine {
  readonly killRate: number
  readonly random: () => number
  readonly openAi: OpenAiDouble
}

/** Builds until a build goes through; is killed now and then on its way. Answers how often. */
async function buildOn(
  { killRate, random, openAi }: Machine,
  project: TestProject,
): Promise<number> {
  let kills = 0
  for (;;) {
    const child = spawn(process.execPath, [bin, 'generate', '--retry-unknown', '--budget', '90'], {
      cwd: project.root,
      stdio: 'ignore',
      env: { PATH: process.env['PATH'] ?? '' },
    })
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
    const over = new AbortController()
    const kill = async (): Promise<void> => {
      // While pictures are being made, some of them for this build.
      const due = openAi.billed.length + 1 + Math.floor(3 * random())
      const delayMs = 300 * random()
      while (openAi.billed.length < due && !over.signal.aborted) await setTimeout(5)
      await setTimeout(delayMs)
      if (!over.signal.aborted) child.kill('SIGKILL')
    }
    const killing = random() < killRate ? kill() : undefined
    const code = await ended
    over.abort()
    await killing
    if (code === 0) return kills
    expect([null, 7], `exit code ${code}`).toContain(code)
    if (code === null) kills += 1
  }
}

describe(`${machines} builds of ${pictures} pictures at once`, () => {
  test.for([[0], [0.3], [0.8]] as const)(
    'pay for each picture once where each is killed at a rate of %d, but for open requests',
    { timeout: 600_000 },
    async ([killRate], { annotate }) => {
      await using openAi = await startOpenAi({ delayMs: 500 })
      using project = makeProject({
        '.env.local': credentials(openAi.url),
        'post.md': Array.from(
          { length: pictures },
          (_one, at) => `![gen: fox ${at}](size=512x512, quality=low, alt=fox)\n`,
        ).join('\n'),
      })
      const builds = Array.from({ length: machines }, (_one, at) =>
        buildOn({ killRate, random: randomOf(7919 * at + 104_729), openAi }, project),
      )
      const kills = (await Promise.all(builds)).reduce((sum, one) => sum + one, 0)
      const { attempts, faults } = await fsLedger(project.path('.imprompt')).read()
      const { bought = [], unknown = [] } = Object.groupBy(attempts, ({ end }) => end)
      await annotate(
        `${kills} kills, ${openAi.billed.length} billed, ${unknown.length} attempts of unknown outcome`,
      )
      expect(faults).toEqual([])
      expect(attempts).toHaveLength(bought.length + unknown.length)
      expect(bought).toHaveLength(pictures)
      expect(openAi.requests).toBe(openAi.billed.length)
      // A build may be killed after it wrote an attempt down and before it asked.
      expect(openAi.billed.length).toBeLessThanOrEqual(attempts.length)
      expect(openAi.billed.length).toBeGreaterThanOrEqual(pictures)
      // Each kill leaves what was under way at that moment.
      expect(unknown.length).toBeLessThanOrEqual(kills * pictures)
      expect((await runCli(project.root, ['verify'])).code).toBe(0)
      expect((await runCli(project.root, ['plan'])).stdout).toContain(`${pictures} stored`)
      expect(namesIn(project.path('.imprompt/journal'))).toEqual(['writer'])
    },
  )
})
