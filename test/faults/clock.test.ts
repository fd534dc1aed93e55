import { spawn, spawnSync } from 'node:child_process'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { expectSettled, isWhole, projectOf, sampleOf } from '../support/faults.ts'
import { startOpenAi } from '../support/openai-server.ts'
import type { TestProject } from '../support/project.ts'
import { withoutWaits } from '../support/run-cli.ts'
import { testUnless } from '../support/skip.ts'

const bin = fileURLToPath(new URL('../../packages/cli/dist/bin.js', import.meta.url))

const hindrance =
  spawnSync('faketime', ['-f', '+1d', 'true']).status === 0
    ? undefined
    : 'clocks that are wrong need `faketime`; install the package `faketime`'

/** Buys on a machine whose clock is set to what a file says, also while it runs. */
async function buyAt(project: TestProject, clock: string): Promise<number | null> {
  writeFileSync(project.path('clock'), clock)
  const { stdout } = spawnSync('faketime', ['-f', '+0', 'printenv', 'LD_PRELOAD'], {
    encoding: 'utf8',
  })
  const child = spawn(process.execPath, [bin, 'generate'], {
    cwd: project.root,
    env: {
      PATH: process.env['PATH'] ?? '',
      LD_PRELOAD: stdout.trim(),
      FAKETIME_TIMESTAMP_FILE: project.path('clock'),
      FAKETIME_NO_CACHE: '1',
      // The clock that nobody sets goes on as it does.
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    },
  })
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve))
  const [code, stderr] = await Promise.all([closed, text(child.stderr)])
  expect(withoutWaits({ stderr })).toBe('')
  return code
}

const clocks = ['-1d', '+1d', '@1970-01-02 00:00:00', '@2038-01-20 00:00:00'] as const

testUnless(hindrance).for((isWhole ? clocks : clocks.slice(2)).map((clock) => [clock] as const))(
  `two builds side by side pay once by a clock of %s${sampleOf('four clocks')}`,
  async ([clock]) => {
    await using openAi = await startOpenAi({ delayMs: 500 })
    using project = projectOf(openAi)
    const codes = await Promise.all([buyAt(project, clock), buyAt(project, clock)])
    expect(codes).toEqual([0, 0])
    const folder = project.path('.imprompt/images')
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    const { boughtAt } = JSON.parse(readFileSync(`${folder}/${names.at(-1)}`, 'utf8'))
    expect(boughtAt.slice(0, 10)).not.toBe(new Date().toISOString().slice(0, 10))
    expect(await expectSettled({ openAi, project })).toBe(0)
    expect(openAi.billed).toHaveLength(1)
  },
)

testUnless(hindrance).for([['+1d'], ['-1d']] as const)(
  'a clock that jumps by %s while builds wait for each other costs nothing and hangs nobody',
  async ([jump]) => {
    await using openAi = await startOpenAi({ delayMs: 3000 })
    using project = projectOf(openAi)
    const builds = [buyAt(project, '+0'), buyAt(project, '+0')]
    await expect.poll(() => openAi.billed, { interval: 5 }).toHaveLength(1)
    writeFileSync(project.path('clock'), jump)
    expect(await Promise.all(builds)).toEqual([0, 0])
    expect(await expectSettled({ openAi, project })).toBe(0)
    expect(openAi.billed).toHaveLength(1)
  },
)
