import { spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { elsewhere, expectSettled, isWhole, projectOf } from '../support/faults.ts'
import { startOpenAi } from '../support/openai-server.ts'
import { testUnless } from '../support/skip.ts'

const bin = fileURLToPath(new URL('../../packages/cli/dist/bin.js', import.meta.url))

const { status } = spawnSync('strace', ['-qq', '-o', '/dev/null', 'true'])
const hindrance =
  status === 0
    ? undefined
    : 'failures of single calls need strace and the right to trace; install the package `strace`'

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
  const options = ['-f', '-qq', '-e', `trace=${call}`, '-e', inject, '-o', `${root}/calls`]
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

/** The calls that fail one after the other; a few of those that come before and after the payment, or all. */
function* failures(few: readonly number[]): Generator<number> {
  if (isWhole) for (let nth = 1; ; nth += 1) yield nth
  yield* few
}

const failing = [
  ['fsync', 'EIO', 'once', 0, [15]],
  ['fsync', 'EIO', 'for good', 0, [1, 14]],
  ['rename', 'EXDEV', 'once', 0, [6]],
  ['rename', 'EXDEV', 'for good', 0, [5, 6]],
  ['unlink', 'EIO', 'once', 0, []],
  ['unlink', 'EIO', 'for good', 0, [3]],
  ['link', 'EPERM', 'for good', 0, [1]],
  ['mkdir', 'ENOSPC', 'once', 0, [20]],
  // Where no folder can be made anywhere there may be no place for what arrives.
  ['mkdir', 'ENOSPC', 'for good', 1, []],
] as const

testUnless(hindrance).for(failing.filter(([, , , , few]) => isWhole || few.length > 0))(
  'a build whose %s fails with %s, %s from any call on, pays once',
  { timeout: 600_000 },
  async ([call, error, duration, lost, few], { annotate }) => {
    let count = 0
    for (const nth of failures(few)) {
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
