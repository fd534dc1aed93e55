import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { ProjectInGit } from '@imprompt/core'
import type { Agent } from 'package-manager-detector'
import { shellLine } from './shell-line.ts'
import type { ProjectFacts } from './project-facts.ts'
import type { Step } from './step.ts'

/** Has every pull request checked: a picture that nobody bought fails it, and nothing is bought there. */
export function workflowStep(
  facts: ProjectFacts,
  { top, remotes }: ProjectInGit,
  usesLfs: boolean,
): Step {
  const home = top ?? facts.folder
  const folder = join(home, '.github/workflows')
  const belowHome = (path: string): string => relative(home, path).replaceAll('\\', '/')
  const below = belowHome(facts.folder)
  const former = workflowsIn(folder).find((path) => speaksOf(below, readFileSync(path, 'utf8')))
  if (former !== undefined) return { kind: 'there', path: former }
  const other = otherPipelines
    .map((name) => join(home, name))
    .find((path) => existsSync(path) && readFileSync(path, 'utf8').includes('imprompt'))
  if (other !== undefined) return { kind: 'there', path: other }
  const isOnGitHub =
    existsSync(join(home, '.github')) || remotes.some((line) => /\bgithub\.com\b/.test(line))
  if (!isOnGitHub)
    return {
      kind: 'by-hand',
      reason: 'in CI, before the site is built',
      lines: `${checkCommand(facts.packageManager)}\n`,
    }
  const folders = { install: belowHome(facts.installFolder), check: below }
  const after = workflowText(facts.packageManager, folders, usesLfs)
  const name = ['imprompt', ...below.split('/').filter((one) => one !== '')].join('-')
  return { kind: 'write', path: join(folder, `${name}.yml`), change: { before: undefined, after } }
}

/** What other services of CI are told by. */
const otherPipelines: readonly string[] = [
  '.gitlab-ci.yml',
  '.circleci/config.yml',
  '.woodpecker.yml',
  '.forgejo/workflows/imprompt.yml',
  'azure-pipelines.yml',
  'bitbucket-pipelines.yml',
  'Jenkinsfile',
]

function speaksOf(below: string, text: string): boolean {
  return text.includes('imprompt') && text.includes(below)
}

function workflowsIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => join(folder, name))
}

function checkCommand(agent: Agent): string {
  return shellLine(agent, 'execute-local', ['imprompt', 'check', '--mode', 'frozen'])
}

/** Where commands run, as paths below the folder that git has. */
interface WorkFolders {
  readonly install: string
  readonly check: string
}

function workflowText(agent: Agent, { install, check }: WorkFolders, usesLfs: boolean): string {
  return `name: Pictures

# A picture that nobody bought fails this; nothing is bought here, and no key is needed.
on: [push, pull_request]

permissions:
  contents: read

jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v6
${usesLfs ? '        with:\n          lfs: true\n' : ''}      - uses: actions/setup-node@v6
        with:
          node-version: 24
${setUp(agent)}${runStep(shellLine(agent, 'frozen', []), install)}${runStep(checkCommand(agent), check)}`
}

function runStep(line: string, folder: string): string {
  const where = folder === '' ? '' : `        working-directory: ${folder}\n`
  return `      - run: ${line}\n${where}`
}

/** What brings a package manager that does not come with Node. */
function setUp(agent: Agent): string {
  if (agent.startsWith('pnpm') || agent.startsWith('yarn')) return '      - run: corepack enable\n'
  return agent === 'bun' ? '      - uses: oven-sh/setup-bun@v2\n' : ''
}
