import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { age, gitAt, gitEnvironment } from '../support/git-project.ts'
import { startOpenAi } from '../support/openai-server.ts'
import { type TestProject, credentials, makeProject } from '../support/project.ts'
import { type CliRun, runCli } from '../support/run-cli.ts'

const page = (...names: readonly string[]): string =>
  names.map((name) => `![gen: ${name}](size=512x512, quality=low, alt=${name})\n`).join('\n')

/** A project that bought two pictures and committed them. */
async function bought(): Promise<TestProject> {
  await using openAi = await startOpenAi()
  const project = makeProject({
    '.gitignore': 'node_modules\n.env.local\n',
    '.env.local': credentials(openAi.url),
    'post.md': page('fox', 'owl'),
  })
  expect((await runCli(project.root, ['generate'])).code).toBe(0)
  expect(openAi.billed).toHaveLength(2)
  gitAt(project.root, 'init', '-q')
  gitAt(project.root, 'add', '-A')
  gitAt(project.root, 'commit', '-qm', 'c')
  return project
}

function runIn({ root }: TestProject): (...args: readonly string[]) => Promise<CliRun> {
  return (...args) => runCli(root, args, gitEnvironment)
}

function originalsOf(project: TestProject): readonly string[] {
  const folder = project.path('.imprompt/originals')
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return names.filter((name) => name.endsWith('.png')).map((name) => join(folder, name))
}

test('a store that is whole has nothing to delete and is well', async () => {
  using project = await bought()
  const run = runIn(project)
  const { code, stdout } = await run('gc', '--yes', '--grace', '0')
  expect(stdout).toMatch(/nothing to delete\n$/)
  expect(code).toBe(0)
  expect(await run('doctor')).toMatchObject({
    code: 0,
    stdout: 'the store is well by names, sizes and git; `imprompt verify` reads every byte\n',
  })
  expect((await run('init', '--dry-run')).stdout).toContain('there    .imprompt\n')
})

test('what nobody names is listed with its price, deleted on consent, and the rest verifies', async () => {
  using project = await bought()
  const run = runIn(project)
  project.write({ 'post.md': page('fox') })
  const young = await run('gc')
  expect(young.stdout).toMatch(
    /stays {2}images\/.*\.json\n {6}younger than 14 days; formerly post\.md:\d+; owl\n/,
  )
  expect(young.stdout).toContain('`--grace DAYS` takes files of less age')
  expect(young.stdout).toMatch(/nothing to delete\n$/)

  const listed = await run('gc', '--grace', '0')
  expect(listed.stdout).toMatch(
    /entry {2}images\/.*\.json\n {6}[\d.]+ k?B; \$0\.\d+ when it was bought; formerly post\.md:\d+; owl/,
  )
  expect(listed.stdout).toContain('`imprompt gc --yes --grace 0` does')
  expect(originalsOf(project)).toHaveLength(2)

  const json = await run('gc', '--grace', '0', '--yes', '--json')
  expect(JSON.parse(json.stdout)).toMatchObject({
    isDeleted: true,
    paid: [{ kind: 'entry' }, { kind: 'original' }],
  })
  expect(originalsOf(project)).toHaveLength(1)
  const { code, stdout } = await run('doctor')
  expect(stdout).toMatch(
    /^ {2}note {2}deleted .*\n {6}2 files deleted of pictures that no content names/,
  )
  expect(code).toBe(0)
  expect((await run('verify')).code).toBe(0)
  // What is deleted was committed, and comes back for nothing.
  gitAt(project.root, 'checkout', '--', '.')
  expect((await run('check', '--mode', 'frozen')).code).toBe(0)
})

test('a collection that may not be done is misuse, and tells why', async () => {
  using project = await bought()
  const run = runIn(project)
  project.write({ 'b.md': '![gen: a hen](\n' })
  const { code, stderr } = await run('gc', '--yes')
  expect(stderr).toContain('b.md')
  expect(code).toBe(2)
})

test.for([
  ['gc', '--grace', 'soon'],
  ['gc', '--despite', 'all'],
  ['gc', '--fix'],
  ['plan', '--yes'],
  ['doctor', '--lfs'],
  ['init', '--lfs'],
  ['plan', '--host', 'vite'],
])('misuse: %j', async (args) => {
  using project = makeProject({})
  const { code } = await runIn(project)(...args)
  expect(code).toBe(2)
})

test('what is wrong with a store is an exit code of its own', async () => {
  using project = await bought()
  const run = runIn(project)
  const [first = ''] = originalsOf(project)
  writeFileSync(first, `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\n`)
  age(first)
  const { code, stdout } = await run('doctor', '--fix')
  expect(stdout).toContain('run `git lfs pull`')
  expect(code).toBe(6)
  const { ailments } = JSON.parse((await run('doctor', '--json')).stdout)
  expect(ailments[0]).toMatchObject({ code: 'lfs-pointer', severity: 'error' })
})
