import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { expect, test } from 'vitest'
import { main } from '../../../packages/cli/src/main.ts'
import { gitAt, gitEnvironment } from '../../support/git-project.ts'
import { manifestOf, runIn, viteProject } from '../../support/init-project.ts'
import { type TestProject, makeProject } from '../../support/project.ts'

/** Every file of a project but git's own, with its text. */
function filesOf({ root }: TestProject): Readonly<Record<string, string>> {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' })
  return Object.fromEntries(
    names
      .filter((name) => !/^(?:\.git|node_modules)(?:\/|$)/.test(name))
      .filter((name) => statSync(join(root, name)).isFile())
      .map((name) => [name, readFileSync(join(root, name), 'utf8')]),
  )
}

const written = [
  'vite.config.ts',
  'imprompt.config.ts',
  '.gitignore',
  '.imprompt/.gitignore',
  '.imprompt/.gitattributes',
  '.github/workflows/imprompt.yml',
]

test('writes everything that a project needs, once', async () => {
  using project = viteProject()
  const first = await runIn(project, 'init', '--yes')
  expect(first).toMatchObject({ code: 0, stderr: '' })
  for (const name of written) expect(first.stdout).toContain(`wrote ${name}; commit it\n`)
  const files = filesOf(project)
  expect(Object.keys(files)).toEqual(expect.arrayContaining(written))
  gitAt(project.root, 'add', '--all')
  const again = await runIn(project, 'init')
  expect(again).toMatchObject({ code: 0, stderr: '' })
  expect(again.stdout).toContain('\n\nall is there already\n')
  expect(filesOf(project)).toEqual(files)
  expect(gitAt(project.root, 'diff', '--name-only')).toBe('')
})

test('what it wrote builds, and passes its own check', async () => {
  using project = viteProject()
  await runIn(project, 'init', '--yes')
  expect(await runIn(project, 'check', '--mode', 'frozen')).toMatchObject({ code: 0 })
  await build({ root: project.root, logLevel: 'silent' })
  expect(Object.keys(filesOf(project))).toContain('dist/index.html')
})

test('what it wrote refuses a picture that nobody bought', async () => {
  using project = viteProject({ 'post.md': '![gen: a fox](alt=Fox)\n' })
  await runIn(project, 'init', '--yes')
  const { code, stdout } = await runIn(project, 'check', '--mode', 'frozen')
  expect(stdout).toContain('budget of $1.00')
  expect(code).toBe(4)
  await expect(build({ root: project.root, logLevel: 'silent' })).rejects.toMatchObject({
    message: expect.stringContaining('OPENAI_API_KEY'),
  })
})

test('shows what it would write, and writes it only on consent', async () => {
  using project = viteProject()
  const files = filesOf(project)
  const rehearsal = await runIn(project, 'init', '--dry-run')
  expect(rehearsal).toMatchObject({ code: 0, stderr: '' })
  expect(rehearsal.stdout).toContain('    +  plugins: [imprompt()],\n')
  expect(rehearsal.stdout).toMatch(/\nnothing was written; `imprompt init --yes` does it\n$/)
  const unasked = await runIn(project, 'init')
  expect(unasked.code).toBe(2)
  expect(unasked.stderr).toBe(
    'Nobody can be asked here: `imprompt init --yes` writes what is listed\n',
  )
  const { code, stdout } = await runIn(project, 'init', '--json')
  expect(code).toBe(2)
  expect(JSON.parse(stdout)).toMatchObject({
    changed: [],
    host: { id: 'vite' },
    packageManager: 'npm',
    steps: expect.arrayContaining([
      { kind: 'write', path: project.path('.gitignore'), after: '.env*.local\n' },
    ]),
  })
  expect(filesOf(project)).toEqual(files)
})

test.for([true, false])('asks the person at a terminal, who says %s', async (answer) => {
  using project = viteProject()
  const questions: string[] = []
  const said: string[] = []
  const code = await main(['init'], {
    cwd: project.root,
    environment: { ...gitEnvironment, PATH: process.env['PATH'] },
    version: '0.0.0',
    stop: new AbortController().signal,
    confirm: async (question) => {
      questions.push(question)
      return answer
    },
    now: () => new Date(),
    stdout: (text) => said.push(text),
    stderr: (text) => said.push(text),
  })
  expect(code).toBe(0)
  expect(questions).toEqual(['Write these 6 files?'])
  expect('imprompt.config.ts' in filesOf(project)).toBe(answer)
  expect(said.join('')).toContain(answer ? 'wrote .gitignore' : '\n\nnothing was written\n')
})

test('leaves what a person wrote as it is', async () => {
  const mine = {
    'vite.config.ts': "import base from './base.ts'\nexport default mergeConfig(base, {})\n",
    'base.ts': 'export default {}\n',
    'imprompt.config.mjs': 'export default {}\n',
    '.gitignore': '# mine\n*.local',
    '.github/workflows/site.yml': 'run: npx imprompt check\n',
  }
  using project = viteProject(mine)
  const { code, stdout } = await runIn(project, 'init', '--yes')
  expect(code).toBe(0)
  expect(stdout).toContain(
    "by hand  vite.config.ts: what it exports is not one object that can be told from its text\n    import imprompt from 'vite-plugin-imprompt'\n\n    plugins: [imprompt(), …],\n",
  )
  expect(filesOf(project)).toMatchObject(mine)
  expect((await runIn(project, 'init')).stdout).toContain(
    '\nall that can be written is there already\n',
  )
  // The plugin may stand in what the configuration imports.
  project.write({ 'base.ts': "import imprompt from 'vite-plugin-imprompt'\n" })
  expect((await runIn(project, 'init')).stdout).toContain('\nall is there already\n')
})

test('tells which packages to install, in its own version, and is content with files before they are', async () => {
  using project = makeProject({ 'package.json': manifestOf('vite'), 'pnpm-lock.yaml': '' })
  const { stdout } = await runIn(project, 'init', '--yes')
  expect(stdout).toContain(
    '\n  1. run `pnpm add -D vite-plugin-imprompt@0.0.0 @imprompt/core@0.0.0 imprompt@0.0.0`\n',
  )
  const created = readFileSync(project.path('vite.config.js'), 'utf8')
  expect(created).toContain("import imprompt from 'vite-plugin-imprompt'\n")
})
