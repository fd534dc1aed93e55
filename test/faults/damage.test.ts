import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { expectSettled, isWhole, projectOf, sampleOf } from '../support/faults.ts'
import { type Fault, type OpenAiDouble, refusals, startOpenAi } from '../support/openai-server.ts'
import type { TestProject } from '../support/project.ts'
import { runCli } from '../support/run-cli.ts'

const damages = {
  flipped: (bytes) => {
    const damaged = Buffer.from(bytes)
    const at = damaged.length >> 1
    damaged[at] = (damaged[at] ?? 0) ^ 1
    return damaged
  },
  appended: (bytes) => Buffer.concat([bytes, Buffer.from('x')]),
  truncated: (bytes) => bytes.subarray(0, bytes.length >> 1),
  emptied: () => Buffer.alloc(0),
} satisfies Record<string, (bytes: Buffer) => Buffer>

type Damage = keyof typeof damages

const sample = sampleOf('four sorts of damage')

/** All of them, or one that differs from file to file. */
function damagesOf(turn: number): readonly Damage[] {
  const all = ['flipped', 'appended', 'truncated', 'emptied'] as const
  return isWhole ? all : all.filter((_one, at) => at === turn % all.length)
}

/** Damages a file of a store; answers how to mend it. */
function damage(path: string, how: Damage): () => void {
  const bytes = readFileSync(path)
  writeFileSync(path, damages[how](bytes))
  return () => writeFileSync(path, bytes)
}

/** The one file with this ending below a folder of the store. */
function fileIn(project: TestProject, folder: string, ending: RegExp): string {
  const path = project.path(`.imprompt/${folder}`)
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' })
  return join(path, names.find((name) => ending.test(name)) ?? '')
}

/** A project whose one picture was asked for once. */
async function asked(openAi: OpenAiDouble, ...faults: readonly Fault[]): Promise<TestProject> {
  openAi.fail(...faults)
  const project = projectOf(openAi)
  expect([0, 5, 7]).toContain((await runCli(project.root, ['generate'])).code)
  expect(openAi.requests).toBe(1)
  return project
}

describe.for([
  { what: 'original', turn: 0, folder: 'originals', ending: /\.png$/ },
  { what: 'entry', turn: 3, folder: 'images', ending: /\.json$/ },
])('the $what of a picture', ({ turn, folder, ending }) => {
  test.for(damagesOf(turn).map((how) => [how] as const))(
    `that was %s is told and never bought anew${sample}`,
    async ([how]) => {
      await using openAi = await startOpenAi()
      using project = await asked(openAi)
      const path = fileIn(project, folder, ending)
      const mend = damage(path, how)
      const next = await runCli(project.root, ['generate'])
      expect(next.stderr).toContain(relative(project.root, path))
      expect(next.code).toBe(6)
      const verified = await runCli(project.root, ['verify'])
      expect(verified.stdout).toContain(`corrupt  post.md:1:1  ${relative(project.root, path)}`)
      expect(verified.code).toBe(9)
      expect(openAi.requests).toBe(1)
      mend()
      expect(await expectSettled({ openAi, project })).toBe(0)
    },
  )
})

describe('a record', () => {
  test.for(damagesOf(2).map((how) => [how] as const))(
    `of an unknown charge that was %s bars its request until there is consent${sample}`,
    async ([how]) => {
      await using openAi = await startOpenAi()
      using project = await asked(openAi, 'server-error')
      damage(fileIn(project, 'journal', /\.json$/), how)
      expect((await runCli(project.root, ['generate'])).code).toBe(7)
      expect(openAi.requests).toBe(1)
      expect(await expectSettled({ openAi, project })).toBe(1)
    },
  )

  test.for(damagesOf(1).map((how) => [how] as const))(
    `of a refusal that was %s bars its request until there is consent${sample}`,
    async ([how]) => {
      await using openAi = await startOpenAi()
      using project = await asked(openAi, refusals.moderation)
      damage(fileIn(project, 'refusals', /\.json$/), how)
      const barred = await runCli(project.root, ['generate'])
      expect(barred.stderr).toContain('--retry-refused')
      expect(barred.code).toBe(5)
      expect(openAi.requests).toBe(1)
      expect((await runCli(project.root, ['generate', '--retry-refused'])).code).toBe(0)
      expect(await expectSettled({ openAi, project })).toBe(0)
    },
  )
})

test.for(damagesOf(2).map((how) => [how] as const))(
  `a report that was %s keeps no build from going on${sample}`,
  async ([how]) => {
    await using openAi = await startOpenAi()
    using project = await asked(openAi)
    damage(project.path('.imprompt/report.json'), how)
    expect([0, 2]).toContain((await runCli(project.root, ['report'])).code)
    expect(await expectSettled({ openAi, project })).toBe(0)
    expect((await runCli(project.root, ['report'])).code).toBe(0)
  },
)

test('an entry whose bytes are gone is told and not bought anew', async () => {
  await using openAi = await startOpenAi()
  using project = await asked(openAi)
  const path = fileIn(project, 'originals', /\.png$/)
  const bytes = readFileSync(path)
  rmSync(path)
  const next = await runCli(project.root, ['generate'])
  expect(next.stderr).toContain('is gone from the store; `git restore` brings it back')
  expect(next.code).toBe(4)
  expect((await runCli(project.root, ['verify'])).code).toBe(10)
  expect(openAi.requests).toBe(1)
  writeFileSync(path, bytes)
  expect(await expectSettled({ openAi, project })).toBe(0)
})

test('bytes whose entry was deleted are bought anew, and are then the same picture', async () => {
  await using openAi = await startOpenAi()
  using project = await asked(openAi)
  rmSync(fileIn(project, 'images', /\.json$/))
  expect((await runCli(project.root, ['verify'])).code).toBe(0)
  const plan = await runCli(project.root, ['plan'])
  expect(plan.stdout).toContain('1 new')
  expect((await runCli(project.root, ['generate'])).code).toBe(0)
  expect(openAi.billed).toHaveLength(2)
  expect((await runCli(project.root, ['verify'])).code).toBe(0)
})

test('litter of editors, file managers and network shares is none of the store', async () => {
  await using openAi = await startOpenAi()
  using project = await asked(openAi)
  const litter = ['.DS_Store', '._a.json', '.nfs0000001', 'a.json~', '.a.json.swp', 'Thumbs.db']
  const folders = ['', 'images/', 'images/ab/', 'originals/', 'originals/ab/', 'journal/']
  for (const folder of [...folders, 'journal/batches/', 'refusals/', 'claims/'])
    for (const name of litter) project.write({ [`.imprompt/${folder}${name}`]: 'litter' })
  const { code, stdout, stderr } = await runCli(project.root, ['generate'])
  expect(stdout).toContain('1 stored')
  expect(code, stderr).toBe(0)
  expect((await runCli(project.root, ['generate', '--batch'])).code).toBe(0)
  expect((await runCli(project.root, ['verify'])).code).toBe(0)
  project.write({ 'more.md': '![gen: an owl](size=512x512, quality=low, alt=owl)\n' })
  expect((await runCli(project.root, ['generate'])).code).toBe(0)
  expect(openAi.billed).toHaveLength(2)
})

describe('a store that a newer version wrote', () => {
  test('is read and written by no command', async () => {
    await using openAi = await startOpenAi()
    using project = await asked(openAi)
    project.write({ '.imprompt/format.json': '{"imprompt":2}\n' })
    const before = readdirSync(project.path('.imprompt'), { recursive: true })
    for (const command of ['generate', 'plan', 'check', 'verify']) {
      const { code, stderr } = await runCli(project.root, [command])
      expect(stderr).toContain('update imprompt here. Nothing was bought')
      expect(code, command).toBe(4)
    }
    expect(readdirSync(project.path('.imprompt'), { recursive: true })).toEqual(before)
    expect(openAi.requests).toBe(1)
    project.write({ '.imprompt/format.json': '{"imprompt":1}\n' })
    expect(await expectSettled({ openAi, project })).toBe(0)
  })

  test('tells no format in garbage', async () => {
    await using openAi = await startOpenAi()
    using project = await asked(openAi)
    project.write({ '.imprompt/format.json': '[]' })
    const { code, stderr } = await runCli(project.root, ['generate'])
    expect(stderr).toContain('does not tell the format of the store; restore it from git')
    expect(code).toBe(4)
  })

  test('has entries that are no misses', async () => {
    await using openAi = await startOpenAi()
    using project = await asked(openAi)
    const path = fileIn(project, 'images', /\.json$/)
    const text = readFileSync(path, 'utf8')
    writeFileSync(path, text.replace('"schema": 1', '"schema": 2'))
    const next = await runCli(project.root, ['generate'])
    expect(next.stderr).toContain('update imprompt here')
    expect(next.code).toBe(4)
    expect((await runCli(project.root, ['verify'])).code).toBe(12)
    expect(openAi.requests).toBe(1)
    writeFileSync(path, text)
    expect(await expectSettled({ openAi, project })).toBe(0)
  })
})
