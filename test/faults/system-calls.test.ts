import { spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect } from 'vitest'
import { elsewhere, expectSettled, isWhole, projectOf, sampleOf, turns } from '../support/faults.ts'
import { startOpenAi } from '../support/openai-server.ts'
import { testUnless } from '../support/skip.ts'

const bin = fileURLToPath(new URL('../../packages/cli/dist/bin.js', import.meta.url))

// Only calls that may fail are stopped at, which halves the time of a build.
const tracing = ['-f', '--seccomp-bpf', '-qq'] as const

const { status } = spawnSync('strace', [...tracing, '-o', '/dev/null', 'true'])
const hindrance =
  status === 0
    ? undefined
    : 'failures of single calls need strace 5.3 or later and the right to trace; install the package `strace`'

/** How a call of the system fails. */
interface Failure {
  readonly call: string
  readonly error: string
  readonly nth: number
  /** Whether every later call fails as well. */
  readonly isLasting: boolean
}

/** Buys while a call fails for the nth time that a thread makes it. Answers whether it came that far. */
async function isMet(
  { call, error, nth, isLasting }: Failure,
  root: string,
  environment: Readonly<Record<string, string>>,
): Promise<boolean> {
  const inject = `inject=${call}:error=${error}:when=${nth}${isLasting ? '+' : ''}`
  const options = [...tracing, '-e', `trace=${call}`, '-e', inject, '-o', `${root}/calls`]
  const child = spawn('strace', [...options, process.execPath, bin, 'generate'], {
    cwd: root,
    stdio: 'ignore',
    // One thread makes all calls of the file system, so that they have an order.
    env: { PATH: process.env['PATH'] ?? '', UV_THREADPOOL_SIZE: '1', ...environment },
  })
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  expect([0, 4, 7], `${call} ${nth}`).toContain(code)
  return readFileSync(`${root}/calls`, 'utf8').includes('(INJECTED)')
}

/** With a few of the calls that come before and after the payment, which the sample has fail. */
const failing = [
  { call: 'fsync', error: 'EIO', duration: 'once', lost: 0, few: [15] },
  { call: 'fsync', error: 'EIO', duration: 'for good', lost: 0, few: [1, 14] },
  { call: 'rename', error: 'EXDEV', duration: 'once', lost: 0, few: [6] },
  { call: 'rename', error: 'EXDEV', duration: 'for good', lost: 0, few: [5, 6] },
  { call: 'unlink', error: 'EIO', duration: 'once', lost: 0, few: [] },
  { call: 'unlink', error: 'EIO', duration: 'for good', lost: 0, few: [3] },
  { call: 'link', error: 'EPERM', duration: 'for good', lost: 0, few: [1] },
  { call: 'mkdir', error: 'ENOSPC', duration: 'once', lost: 0, few: [20] },
  // Where no folder can be made anywhere there may be no place for what arrives.
  { call: 'mkdir', error: 'ENOSPC', duration: 'for good', lost: 1, few: [] },
] as const

const cases = failing
  .filter(({ few }) => isWhole || few.length > 0)
  .map((one) => ({ ...one, which: isWhole ? 'any call' : `call ${one.few.join(' or ')}` }))

describe(`where a call of the system fails${sampleOf(`${failing.length} failures, each of any call`)}`, () => {
  testUnless(hindrance).for(cases)(
    'a build whose $call fails with $error, $duration from $which on, pays once',
    { timeout: 600_000 },
    async ({ call, error, duration, lost, few }, { annotate }) => {
      let count = 0
      for (const nth of turns(few)) {
        await using openAi = await startOpenAi()
        using project = projectOf(openAi)
        const environment = elsewhere(project)
        const failure = { call, error, nth, isLasting: duration === 'for good' }
        if (!(await isMet(failure, project.root, environment))) break
        count += 1
        const unknown = await expectSettled({ openAi, project, environment })
        expect(unknown, `${call} ${nth}`).toBeLessThanOrEqual(lost)
      }
      expect(count).toBeGreaterThanOrEqual(few.length)
      await annotate(`${count} calls`)
    },
  )
})
