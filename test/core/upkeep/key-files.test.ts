import { mkdirSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { codesIn, healthy, look } from '../../support/doctoring.ts'

test('a key in a file that git does not ignore is told, until it is ignored', async () => {
  using project = await healthy()
  writeFileSync(project.path('.env.local'), 'OPENAI_API_KEY=sk-secret\n')
  const { ailments } = await look(project)
  expect(ailments).toMatchObject([
    {
      code: 'key-not-ignored',
      severity: 'warning',
      path: project.path('.env.local'),
      message: expect.stringContaining('it holds `OPENAI_API_KEY`, and git does not ignore it'),
      remedy: expect.stringContaining('add `.env.local` to `.gitignore`'),
    },
  ])
  expect(JSON.stringify(ailments)).not.toContain('sk-secret')
  writeFileSync(project.path('.gitignore'), '.env*\n')
  expect(codesIn(await look(project))).not.toContain('key-not-ignored')
})

test('one that git tracks is told although a rule ignores it', async () => {
  using project = await healthy('blog')
  writeFileSync(project.path('.env.local'), 'OPENAI_API_KEY=sk-secret\n')
  writeFileSync(project.path('.gitignore'), '.env*\n')
  project.git('add', '--force', 'blog/.env.local')
  const { ailments } = await look(project)
  expect(ailments).toMatchObject([
    { code: 'key-tracked', severity: 'warning', remedy: expect.stringContaining('revoke the key') },
  ])
  expect(JSON.stringify(ailments)).not.toContain('sk-secret')
})

test('a file without a key, or a sample that nobody reads, is none', async () => {
  using project = await healthy('blog')
  mkdirSync(project.path('posts'))
  writeFileSync(project.path('.env'), 'OPENAI_API_KEY=\nOPENAI_BASE_URL=http://127.0.0.1\n')
  writeFileSync(project.path('.env.example'), 'OPENAI_API_KEY=sk-here\n')
  expect(codesIn(await look(project))).toEqual([])
  writeFileSync(project.path('.env.production'), 'OPENAI_API_KEY=sk-secret\n')
  expect(codesIn(await look(project))).toEqual(['key-not-ignored'])
})
