import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { expect } from 'vitest'
import {
  attemptsIn,
  elsewhere,
  expectSettled,
  isWhole,
  projectOf,
  sampleOf,
} from '../support/faults.ts'
import { memoryDisk, mountHindrance } from '../support/mounts.ts'
import { type OpenAiDouble, startOpenAi } from '../support/openai-server.ts'
import { runCli } from '../support/run-cli.ts'
import { testUnless } from '../support/skip.ts'

const testOnDisk = testUnless(mountHindrance())

const pageSize = 4096

/** Fills a disk, but for a number of pages. */
function fill(folder: string, freePages = 0): void {
  const path = `${folder}/filler`
  const file = openSync(path, 'w')
  try {
    for (;;) writeSync(file, Buffer.alloc(pageSize, 1))
  } catch {
    // It is full.
  } finally {
    closeSync(file)
  }
  truncateSync(path, Math.max(0, statSync(path).size - pageSize * freePages))
}

/** Takes all names that a disk has left. */
function takeNames(folder: string): void {
  mkdirSync(`${folder}/names`)
  try {
    for (let at = 0; ; at += 1) writeFileSync(`${folder}/names/${at}`, '')
  } catch {
    // There is none left.
  }
}

async function untilBilled(openAi: OpenAiDouble): Promise<void> {
  await expect.poll(() => openAi.billed, { interval: 5 }).toHaveLength(1)
}

testOnDisk.for([
  ['has no byte left', 'size=4m', (folder: string) => fill(folder)],
  ['has no name left', 'size=4m,nr_inodes=40', takeNames],
  ['has less room than the picture may need', 'size=4m', (folder: string) => fill(folder, 200)],
] as const)('a disk that %s stops a purchase before it is made', async ([, options, exhaust]) => {
  await using openAi = await startOpenAi()
  using project = projectOf(openAi)
  using _ = memoryDisk(project.path('.imprompt'), options)
  exhaust(project.path('.imprompt'))
  const { code, stderr } = await runCli(project.root, ['generate'], elsewhere(project))
  expect(stderr).toContain('Nothing may be bought: ')
  expect(code).toBe(4)
  expect(openAi.requests).toBe(0)
  rmSync(project.path('.imprompt/filler'), { force: true })
  rmSync(project.path('.imprompt/names'), { force: true, recursive: true })
  expect(await expectSettled({ openAi, project })).toBe(0)
})

const pages = isWhole ? Array.from({ length: 24 }, (_one, at) => at) : [0, 1, 2, 4, 8]

testOnDisk.for(pages.map((free) => [free] as const))(
  `a disk that has %d pages left when the picture arrives loses nothing${sampleOf('0 to 23')}`,
  async ([free]) => {
    await using openAi = await startOpenAi({ delayMs: 300 })
    using project = projectOf(openAi)
    const environment = elsewhere(project)
    using _ = memoryDisk(project.path('.imprompt'), 'size=4m')
    const building = runCli(project.root, ['generate'], environment)
    await untilBilled(openAi)
    fill(project.path('.imprompt'), free)
    const { code, stderr } = await building
    const said = new Map([
      [0, /^/],
      [4, /The picture is bought and stored, and the ledger could not be told/],
      [7, /its bytes were kept in/],
    ])
    expect(stderr).toMatch(said.get(code ?? -1) ?? 'none of these codes')
    rmSync(project.path('.imprompt/filler'))
    expect(await expectSettled({ openAi, project, environment })).toBe(0)
    expect(openAi.billed).toHaveLength(1)
    const names = readdirSync(project.path('elsewhere'), { recursive: true, encoding: 'utf8' })
    expect(names.filter((name) => name.endsWith('.json'))).toEqual([])
  },
)

testOnDisk('a disk that has no name left when the picture arrives loses nothing', async () => {
  await using openAi = await startOpenAi({ delayMs: 300 })
  using project = projectOf(openAi)
  const environment = elsewhere(project)
  using _ = memoryDisk(project.path('.imprompt'), 'size=4m,nr_inodes=60')
  const building = runCli(project.root, ['generate'], environment)
  await untilBilled(openAi)
  takeNames(project.path('.imprompt'))
  const { code, stderr } = await building
  expect(code).toBe(7)
  expect(stderr).toContain('its bytes were kept in `elsewhere/tmp')
  rmSync(project.path('.imprompt/names'), { recursive: true })
  expect(await expectSettled({ openAi, project, environment })).toBe(0)
  expect(openAi.billed).toHaveLength(1)
})

testOnDisk('a disk that is full after a purchase still answers what it holds', async () => {
  await using openAi = await startOpenAi()
  using project = projectOf(openAi)
  using _ = memoryDisk(project.path('.imprompt'), 'size=4m')
  expect((await runCli(project.root, ['generate'])).code).toBe(0)
  fill(project.path('.imprompt'))
  const { code, stdout } = await runCli(project.root, ['generate'])
  expect(stdout).toContain('1 stored')
  expect(code).toBe(0)
  expect(openAi.billed).toHaveLength(1)
  expect(attemptsIn(project)).toEqual([])
})
