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
])('packages are added by %s', async ([, files, command]) => {
  using project = makeProject(files)
  expect(await addCommand(project.root, ['imprompt@1.2.3'])).toBe(command)
})

test('pnpm adds to a project of a workspace as to any other', async () => {
  using project = makeProject({ 'pnpm-lock.yaml': '', 'pnpm-workspace.yaml': '', 'site/a.md': '' })
  expect(await addCommand(project.path('site'), ['imprompt@1.2.3'])).toBe(
    'pnpm add -D imprompt@1.2.3',
  )
})
