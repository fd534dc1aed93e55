import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { gitAt } from '../../support/git-project.ts'
import { manifestOf, runIn, viteProject } from '../../support/init-project.ts'
import { type TestProject, makeProject } from '../../support/project.ts'

const setUp = [
  { uses: 'actions/checkout@v6' },
  { uses: 'actions/setup-node@v6', with: { 'node-version': 24 } },
]
const check = 'npx imprompt check --mode frozen'

function stepsIn(project: TestProject, name: string): unknown {
  return parse(readFileSync(project.path(`.github/workflows/${name}`), 'utf8')).jobs.check.steps
}

/** A repository with a project in a folder of it. */
function repositoryOf(files: Readonly<Record<string, string>>): TestProject {
  const project = makeProject({ '.github/dependabot.yml': '', ...files })
  gitAt(project.root, 'init', '-q')
  return project
}

test('a project of a workspace is named at its top, and its workflow installs there', async () => {
  using project = repositoryOf({
    'web/package.json': JSON.stringify({ workspaces: ['*'] }),
    'web/site/package.json': manifestOf('vitepress'),
    'web/site/docs/.vitepress/config.mts': 'export default {}\n',
  })
  const top = await runIn(project, 'init', '--yes', '--root', 'web')
  expect(top.code).toBe(2)
  expect(top.stderr).toContain('\n  imprompt init --root web/site  VitePress 1.0.0\n')
  const member = await runIn(project, 'init', '--yes', '--root', 'web/site')
  expect(member.stdout).toContain('wrote web/site/docs/.vitepress/config.mts; commit it\n')
  expect(stepsIn(project, 'imprompt-web-site.yml')).toEqual([
    ...setUp,
    { run: 'npm ci', 'working-directory': 'web' },
    { run: check, 'working-directory': 'web/site' },
  ])
})

test('the workflow of a project in a folder installs in that folder', async () => {
  using project = repositoryOf({
    'package.json': '{}',
    'docs/package.json': manifestOf('vite'),
    'docs/package-lock.json': '{}',
  })
  await runIn(project, 'init', '--yes', '--root', 'docs')
  expect(stepsIn(project, 'imprompt-docs.yml')).toEqual([
    ...setUp,
    { run: 'npm ci', 'working-directory': 'docs' },
    { run: check, 'working-directory': 'docs' },
  ])
})

test.for([
  ['package-lock.json', 'npm', 'npm ci', 'npx'],
  ['pnpm-lock.yaml', 'pnpm', 'pnpm i --frozen-lockfile', 'pnpm exec'],
  ['bun.lock', 'bun', 'bun install --frozen-lockfile', 'bun x'],
])('%s: the workflow installs with %s', async ([lock = '', , install, execute]) => {
  using project = viteProject({ [lock]: '' })
  await runIn(project, 'init', '--yes')
  expect(Object(stepsIn(project, 'imprompt.yml')).slice(-2)).toEqual([
    { run: install },
    { run: `${execute} imprompt check --mode frozen` },
  ])
})
