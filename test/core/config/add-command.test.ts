import { addCommand } from '@imprompt/core'
import { expect, test } from 'vitest'
import { makeProject } from '../../support/project.ts'

test.for<[string, Readonly<Record<string, string>>, string]>([
  ['npm', { 'package-lock.json': '{}' }, 'npm i -D imprompt@1.2.3'],
  ['yarn', { 'yarn.lock': '' }, 'yarn add -D imprompt@1.2.3'],
  ['pnpm', { 'pnpm-lock.yaml': '' }, 'pnpm add -D imprompt@1.2.3'],
  [
    'pnpm at the top of a workspace',
    { 'pnpm-lock.yaml': '', 'pnpm-workspace.yaml': '' },
    'pnpm add -D -w imprompt@1.2.3',
  ],
  [
    'pnpm at the top of a workspace that nobody installed',
    { 'package.json': '{}', 'pnpm-workspace.yaml': 'packages: [site]' },
    'pnpm add -D -w imprompt@1.2.3',
  ],
  [
    'Yarn 1 at the top of a workspace',
    { 'yarn.lock': '', 'package.json': '{"workspaces":["*"]}' },
    'yarn add -D -W imprompt@1.2.3',
  ],
  [
    'Yarn 1 outside of one',
    { 'yarn.lock': '', 'package.json': '{}' },
    'yarn add -D imprompt@1.2.3',
  ],
  [
    'Yarn 4 at the top of a workspace, by its settings',
    { 'yarn.lock': '', '.yarnrc.yml': '', 'package.json': '{"workspaces":["*"]}' },
    'yarn add -D imprompt@1.2.3',
  ],
  [
    'Yarn 4 at the top of a workspace, by `package.json`',
    { 'yarn.lock': '', 'package.json': '{"packageManager":"yarn@4.9.0","workspaces":["*"]}' },
    'yarn add -D imprompt@1.2.3',
  ],
  [
    'npm at the top of a workspace',
    { 'package-lock.json': '{}', 'package.json': '{"workspaces":["*"]}' },
    'npm i -D imprompt@1.2.3',
  ],
])('packages are added by %s', async ([, files, command]) => {
  using project = makeProject(files)
  expect(await addCommand(project.root, ['imprompt@1.2.3'])).toBe(command)
})

test.for<[string, Readonly<Record<string, string>>]>([
  ['pnpm add', { 'pnpm-lock.yaml': '', 'pnpm-workspace.yaml': '' }],
  ['yarn add', { 'yarn.lock': '', 'package.json': '{"workspaces":["*"]}' }],
  ['npm i', { 'package-lock.json': '{}', 'package.json': '{"workspaces":["*"]}' }],
])('`%s` adds to a project of a workspace, in its folder, as to any other', async ([add, top]) => {
  using project = makeProject({ ...top, 'site/package.json': '{}' })
  expect(await addCommand(project.path('site'), ['imprompt@1.2.3'])).toBe(
    `${add} -D imprompt@1.2.3`,
  )
})
