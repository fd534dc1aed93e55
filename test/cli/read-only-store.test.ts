import { mkdirSync, readdirSync } from 'node:fs'
import { expect } from 'vitest'
import { startBatchApi } from '../support/openai/batch.ts'
import { startOpenAi } from '../support/openai-server.ts'
import { credentials, makeProject } from '../support/project.ts'
import { readOnly, readOnlyHindrance } from '../support/read-only.ts'
import { runCli } from '../support/run-cli.ts'
import { testUnless } from '../support/skip.ts'

const post = '![gen: a red fox](size=512x512, quality=low)\n'
const testReadOnly = testUnless(readOnlyHindrance())

testReadOnly(
  'a read-only store answers what it holds, and stops a purchase before it is made',
  async () => {
    await using openAi = await startOpenAi()
    using project = makeProject({ 'a.md': post, '.env.local': credentials(openAi.url) })
    expect((await runCli(project.root, ['generate'])).code).toBe(0)
    {
      using _ = readOnly(project.path('.imprompt'))
      const stored = await runCli(project.root, ['generate'])
      expect(stored.stdout).toContain('1 stored')
      expect(stored.stderr).toContain('report.json` was not written')
      expect(stored.code).toBe(0)
      project.write({ 'b.md': '![gen: an owl](size=512x512, quality=low)\n' })
      const missing = await runCli(project.root, ['generate'])
      expect(missing.code).toBe(4)
      expect(missing.stderr).toContain('b.md:1:1')
      const told = await runCli(project.root, ['check'])
      expect(told.code).toBe(4)
      expect(told.stderr).toContain('Nothing may be bought: the store cannot be written: ')
      const { stdout } = await runCli(project.root, ['doctor'])
      expect(stdout).toContain('  warning  closed\n')
      expect(missing.stderr).toContain('Nothing may be bought: the store cannot be written: ')
    }
    expect(openAi.billed).toHaveLength(1)
  },
)

testReadOnly('an empty read-only store stops a purchase before it is made', async () => {
  await using openAi = await startOpenAi()
  using project = makeProject({ 'a.md': post, '.env.local': credentials(openAi.url) })
  mkdirSync(project.path('.imprompt'))
  using _ = readOnly(project.path('.imprompt'))
  expect((await runCli(project.root, ['generate'])).code).toBe(4)
  expect(openAi.requests).toBe(0)
})

testReadOnly('a read-only store stops a batch before it is handed in', async () => {
  await using api = await startBatchApi()
  using project = makeProject({ 'a.md': post, '.env.local': credentials(api.url) })
  mkdirSync(project.path('.imprompt'))
  using _ = readOnly(project.path('.imprompt'))
  const { code, stderr } = await runCli(project.root, ['generate', '--batch'])
  expect(stderr).toContain('Nothing was handed in')
  expect(code).toBe(4)
  expect(api.batches).toEqual([])
})

testReadOnly('a read-only store tells of an attempt whose build is gone', async () => {
  await using openAi = await startOpenAi()
  using project = makeProject({ 'a.md': post, '.env.local': credentials(openAi.url) })
  openAi.fail('server-error')
  expect((await runCli(project.root, ['generate'])).code).toBe(7)
  expect(readdirSync(project.path('.imprompt/claims'))).toHaveLength(1)
  using _ = readOnly(project.path('.imprompt'))
  const plan = await runCli(project.root, ['plan'])
  expect(plan.stdout).toContain('unknown')
  expect(plan.stderr).not.toContain('EROFS')
  expect((await runCli(project.root, ['generate'])).code).toBe(7)
  expect(openAi.requests).toBe(1)
})
