import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect } from 'vitest'
import { fsLedger } from '../../packages/core/src/store/ledger.ts'
import { openCli } from '../support/cli-session.ts'
import { isWhole, projectOf, sampleOf, turns } from '../support/faults.ts'
import { type OpenAiDouble, startOpenAi } from '../support/openai-server.ts'
import type { TestProject } from '../support/project.ts'
import { testUnless } from '../support/skip.ts'

const bin = fileURLToPath(new URL('../../packages/cli/dist/bin.js', import.meta.url))

const { status } = spawnSync('strace', ['-qq', '-o', '/dev/null', 'true'])
const hindrance =
  status === 0
    ? undefined
    : 'kills at each step of a purchase need strace and the right to trace; install the package `strace`'

/** Buys, and is killed when it is about to make this call for the nth time. Answers whether it came that far. */
async function isKilled(project: TestProject, call: string, nth: number): Promise<boolean> {
  const inject = `inject=${call}:signal=KILL:when=${nth}`
  const options = ['-f', '-qq', '-o', '/dev/null', '-e', `trace=${call}`, '-e', inject]
  const child = spawn('strace', [...options, process.execPath, bin, 'generate'], {
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

function hasOriginal(project: TestProject): boolean {
  const folder = project.path('.imprompt/originals')
  return existsSync(folder) && readdirSync(folder, { recursive: true }).length > 1
}

/** With a few that come before the request, while it is under way, and when its picture arrives and is stored. */
const calls = [
  { call: 'rename', few: [4, 6] },
  { call: 'link', few: [2] },
  { call: 'unlink', few: [3] },
  { call: 'fsync', few: [10, 11, 12, 16, 17] },
] as const

const cases = calls.map((one) => ({
  ...one,
  which: isWhole ? `any ${one.call}` : `${one.call} ${one.few.join(' or ')}`,
}))

describe(`a build that is killed${sampleOf('every step')}`, () => {
  testUnless(hindrance).for(cases)(
    'at $which loses no picture, repeats no unknown charge and tells the ledger',
    { timeout: 600_000 },
    async ({ call, few }, { annotate }) => {
      let kills = 0
      for (const nth of turns(few)) {
        await using openAi = await startOpenAi()
        using project = projectOf(openAi)
        if (!(await isKilled(project, call, nth))) break
        kills += 1
        await expectOnce(openAi, project, `${call} ${nth}`)
      }
      expect(kills).toBeGreaterThanOrEqual(Math.max(1, few.length))
      await annotate(`${kills} kills`)
    },
  )
})

/** Has later builds end what one that was killed began. */
async function expectOnce(openAi: OpenAiDouble, project: TestProject, at: string): Promise<void> {
  const wasStored = hasOriginal(project)
  await using cli = openCli(project.root)
  const next = await cli.run('generate')
  const isUnknown = next.code === 7
  expect([0, 7], `${at}: ${next.stderr}`).toContain(next.code)
  expect(openAi.billed.length).toBeLessThanOrEqual(1)
  if (wasStored) expect(isUnknown, at).toBe(false)
  if (isUnknown) expect((await cli.run('generate', '--retry-unknown')).code).toBe(0)
  expect((await cli.run('generate')).stdout, at).toContain('1 stored')
  // One picture, and the unknown charge that was told.
  expect(openAi.billed.length).toBeLessThanOrEqual(isUnknown ? 2 : 1)
  expect(openAi.billed.length).toBeGreaterThanOrEqual(1)
  const { attempts, faults } = await fsLedger(project.path('.imprompt')).read()
  expect(faults).toEqual([])
  const ends = attempts.map(({ end }) => end).toSorted()
  expect(ends, at).toEqual(isUnknown ? ['bought', 'unknown'] : ['bought'])
}
