import { readFileSync, rmSync } from 'node:fs'
import { expect, test } from 'vitest'
import { gitAt } from '../../support/git-project.ts'
import { runIn, viteProject } from '../../support/init-project.ts'
import type { TestProject } from '../../support/project.ts'

const key = 'sk-test-1234567890'

function ignores({ root }: TestProject, path: string): boolean {
  return gitAt(root, 'ls-files', '--others', '--ignored', '--exclude-standard').includes(path)
}

test.for([
  ['dist\r\n', 'dist\r\n.env*.local\r\n'],
  ['dist', 'dist\n.env*.local\n'],
  ['.env\n!.env.example\n', '.env\n!.env.example\n.env*.local\n'],
  ['.env.local\n', '.env.local\n'],
  ['.env*\n', '.env*\n'],
  ['*.local\n', '*.local\n'],
  ['!.env.local\n', '!.env.local\n'],
])('keys are kept from git: %j', async ([before = '', after]) => {
  using project = viteProject({ '.gitignore': before })
  await runIn(project, 'init', '--yes')
  expect(readFileSync(project.path('.gitignore'), 'utf8')).toBe(after)
})

test.for([
  ['dist\n', 'dist\n.env*.local\n'],
  ['!/.env.local\n', '!/.env.local\n'],
])('also before there is a repository: %j', async ([before = '', after]) => {
  using project = viteProject({ '.gitignore': before })
  rmSync(project.path('.git'), { recursive: true })
  await runIn(project, 'init', '--yes')
  expect(readFileSync(project.path('.gitignore'), 'utf8')).toBe(after)
})

test('a key that git would take is told, and is not printed', async () => {
  using project = viteProject({ '.env': `OPENAI_API_KEY=${key}\n` })
  const { stdout } = await runIn(project, 'init', '--yes')
  expect(stdout).toContain(
    'by hand  .env: it holds `OPENAI_API_KEY`, and git does not ignore it, so that the key may be committed: add `.env` to `.gitignore`',
  )
  expect(stdout).not.toContain(key)
  project.write({ '.gitignore': '.env*\n' })
  expect((await runIn(project, 'init')).stdout).not.toContain('by hand')
})

test('a key of which the rule that is written takes care is not', async () => {
  using project = viteProject({ '.env.production.local': `OPENAI_API_KEY=${key}\n` })
  expect((await runIn(project, 'init', '--yes')).stdout).not.toContain('by hand')
  expect(ignores(project, '.env.production.local')).toBe(true)
})

test('a key that git tracks is told, as no rule keeps that from git', async () => {
  using project = viteProject({ '.env.local': `OPENAI_API_KEY=${key}\n` })
  gitAt(project.root, 'add', '--force', '.env.local')
  const told = 'by hand  .env.local: it holds `OPENAI_API_KEY`, and git tracks it'
  expect((await runIn(project, 'init', '--yes')).stdout).toContain(told)
  expect((await runIn(project, 'init')).stdout).toContain(told)
  gitAt(project.root, 'rm', '--cached', '.env.local')
  expect((await runIn(project, 'init')).stdout).not.toContain('by hand')
})

test.for<[string, string, string]>([
  ['.gitignore', 'dist\n.imprompt/\n', 'line 2, `.imprompt/`'],
  ['.gitignore', '.imprompt\n', 'line 1, `.imprompt`'],
  ['.gitignore', '\n*.png\n', 'line 2, `*.png`'],
  ['.git/info/exclude', '.imprompt\n', 'line 1, `.imprompt`'],
])('a rule of %s that hides the store is told, and stands: %j', async ([file, rule, told]) => {
  using project = viteProject({ '.gitignore': '', [file]: rule })
  const { code, stdout } = await runIn(project, 'init', '--yes')
  expect(code).toBe(0)
  expect(stdout).toContain(
    `by hand  ${file}: ${told}, keeps git from seeing what is paid for, and so every other machine: take it out, or write `,
  )
  const again = await runIn(project, 'init')
  expect(again.stdout).toContain(told)
  expect(readFileSync(project.path(file), 'utf8')).toContain(rule)
  // The lines that are shown do it, and what is local to a machine stays so.
  const [, lines = ''] = /or write .*\n((?: {4}.*\n)+)/.exec(stdout) ?? []
  const before = readFileSync(project.path('.gitignore'), 'utf8')
  project.write({
    '.gitignore': `${before}${lines.replaceAll('    ', '')}`,
    '.imprompt/originals/00/fox.png': '',
    '.imprompt/derived/fox.avif': '',
  })
  expect((await runIn(project, 'init')).stdout).not.toContain('by hand')
  expect(ignores(project, '.imprompt/originals/00/fox.png')).toBe(false)
  expect(ignores(project, '.imprompt/derived/fox.avif')).toBe(true)
})

test('a rule in the store itself is told with what mends it', async () => {
  using project = viteProject({ '.imprompt/.gitignore': '*\n' })
  const { stdout } = await runIn(project, 'init', '--yes')
  expect(stdout).toMatch(
    /by hand {2}\.imprompt\/\.gitignore: line 1, `\*`, .* every other machine: take it out\n/,
  )
})
