import { spawn } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { type OpenAiDouble, startOpenAi } from '../support/openai-server.ts'
import { credentials, makeProject, type TestProject } from '../support/project.ts'
import { runCli } from '../support/run-cli.ts'

const bin = fileURLToPath(new URL('../../packages/cli/dist/bin.js', import.meta.url))

/** The whole matrix takes minutes: it is run by `pnpm test:faults`, and a small one with every test. */
const isWhole = process.env['IMPROMPT_FAULTS'] === 'all'
const machines = isWhole ? 8 : 4
const pictures = isWhole ? 20 : 6

/** Requests of a build that was killed whose reply did not arrive: each may have been billed. */
function openRequests(project: TestProject, pid: number | undefined): number {
  return namesIn(project.path('.imprompt/journal')).filter((name) => {
    const text = textOf(project.path(`.imprompt/journal/${name}`))
    return !text.includes('"received"') && holderOf(project, name.slice(0, 64)) === pid
  }).length
}

function holderOf(project: TestProject, request: string): unknown {
  const folder = project.path(`.imprompt/claims/${request}`)
  const generations = namesIn(folder).filter((name) => /^\d+$/.test(name))
  const text = textOf(`${folder}/${Math.max(...generations.map(Number))}`)
  return text === '' ? undefined : JSON.parse(text).pid
}

function namesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : []
}

/** Other builds take files away while we look. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
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

/** Builds until a build goes through; is killed now and then on its way. Answers how many requests that left open. */
async function buildOn(
  { killRate, random, openAi }: Machine,
  project: TestProject,
): Promise<number> {
  let lost = 0
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
    if (code === null) lost += openRequests(project, child.pid)
    await killing
    if (code === 0) return lost
    expect([null, 7], `exit code ${code}`).toContain(code)
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
      const lost = (await Promise.all(builds)).reduce((sum, one) => sum + one, 0)
      await annotate(`${openAi.billed.length} billed, at most ${lost} requests left open`)
      expect(openAi.billed.length).toBeGreaterThanOrEqual(pictures)
      expect(openAi.billed.length).toBeLessThanOrEqual(pictures + lost)
      expect((await runCli(project.root, ['verify'])).code).toBe(0)
      expect((await runCli(project.root, ['plan'])).stdout).toContain(`${pictures} stored`)
      expect(namesIn(project.path('.imprompt/journal'))).toEqual([])
    },
  )
})
