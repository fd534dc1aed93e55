import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { fsLedger } from '../../packages/core/src/store/ledger.ts'
import { startOpenAi } from '../support/openai-server.ts'
import { credentials, makeProject, type TestProject } from '../support/project.ts'
import { runCli } from '../support/run-cli.ts'
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

testUnless(hindrance).for([['rename'], ['link'], ['unlink'], ['fsync']] as const)(
  'a build that is killed at any %s loses no picture, repeats no unknown charge and tells the ledger',
  { timeout: 600_000 },
  async ([call]) => {
    for (let nth = 1; ; nth += 1) {
      await using openAi = await startOpenAi()
      using project = makeProject({
        '.env.local': credentials(openAi.url),
        'post.md': '![gen: fox](size=512x512, quality=low, alt=fox)\n',
      })
      if (!(await isKilled(project, call, nth))) {
        expect(nth).toBeGreaterThan(1)
        break
      }
      const wasStored = hasOriginal(project)
      const next = await runCli(project.root, ['generate'])
      const isUnknown = next.code === 7
      expect([0, 7], `${call} ${nth}: ${next.stderr}`).toContain(next.code)
      expect(openAi.billed.length).toBeLessThanOrEqual(1)
      if (wasStored) expect(isUnknown, `${call} ${nth}`).toBe(false)
      if (isUnknown)
        expect((await runCli(project.root, ['generate', '--retry-unknown'])).code).toBe(0)
      const last = await runCli(project.root, ['generate'])
      expect(last.stdout, `${call} ${nth}`).toContain('1 stored')
      // One picture, and the unknown charge that was told.
      expect(openAi.billed.length).toBeLessThanOrEqual(isUnknown ? 2 : 1)
      expect(openAi.billed.length).toBeGreaterThanOrEqual(1)
      const { attempts, faults } = await fsLedger(project.path('.imprompt')).read()
      expect(faults).toEqual([])
      const ends = attempts.map(({ end }) => end).toSorted()
      expect(ends, `${call} ${nth}`).toEqual(isUnknown ? ['bought', 'unknown'] : ['bought'])
    }
  },
)
