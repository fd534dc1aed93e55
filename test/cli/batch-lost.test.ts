import { readFileSync, readdirSync, rmSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type BatchApi, startBatchApi } from '../support/openai/batch.ts'
import { credentials, makeProject, type TestProject } from '../support/project.ts'
import { type CliRun, runCli } from '../support/run-cli.ts'

let api: BatchApi
let project: TestProject
beforeEach(async () => {
  api = await startBatchApi()
  project = makeProject({
    'posts/a.md': `![gen: a red fox](size=1024x1024, quality=low)

![gen: an owl](size=1024x1024, quality=low)
`,
    'imprompt.config.js': `export default { model: 'gpt-image-2-2026-04-21' }\n`,
    '.env.local': credentials(api.url),
  })
})
afterEach(async () => {
  project[Symbol.dispose]()
  await api[Symbol.asyncDispose]()
})

const batch = (...args: readonly string[]): Promise<CliRun> =>
  runCli(project.root, ['generate', '--batch', ...args])

/** What was billed is what was bought, and what is declared unknown. */
function expectBilled(distinct: number, unknown = 0): void {
  expect(api.billed).toHaveLength(distinct + unknown)
}

test('a batch that the list leaves out is collected by its name', async () => {
  await batch()
  api.unlist()
  expect((await batch()).stdout).toContain('Waiting in 1 batch')
  await api.end()
  const { code, stdout } = await batch()
  expect(code).toBe(0)
  expect(stdout).toContain('2 bought')
  expect(api.batches).toHaveLength(1)
  expectBilled(2)
})

test('a failed batch whose record is gone keeps nothing from being handed in', async () => {
  await batch()
  await api.end('failed')
  rmSync(project.path('.imprompt'), { recursive: true })
  expect((await batch()).code).toBe(0)
  await api.end()
  const { code, stdout } = await batch()
  expect(code).toBe(0)
  expect(stdout).toContain('2 bought')
  expect(api.batches).toHaveLength(2)
  expectBilled(2)
})

test('an unknown charge of a batch whose record is gone is declared, and asked again by consent', async () => {
  await batch()
  await api.end('completed', { faults: { owl: 'failed' } })
  rmSync(project.path('.imprompt'), { recursive: true })
  const found = await batch()
  expect(found.code).toBe(7)
  expect(found.stdout).toContain('1 bought, 1 unknown')
  expect(found.stderr).toContain('before `imprompt generate --batch --retry-unknown`')
  expectBilled(1, 1)
  expect((await batch('--retry-unknown')).code).toBe(0)
  await api.end()
  expect((await batch()).stdout).toContain('1 bought')
  expect(api.batches).toHaveLength(2)
  expectBilled(2, 1)
})

test('what came of a cut line is kept, and declared an unknown charge', async () => {
  await batch()
  await api.end()
  const lines = (api.files.get('batch_1-output')?.toString() ?? '').split('\n')
  const [first = '', second = ''] = lines
  const cut = second.slice(0, 1000)
  api.files.set('batch_1-output', Buffer.from(`${first}\n${cut}`))
  const { code, stdout, stderr } = await batch()
  expect(code).toBe(7)
  expect(stdout).toContain('1 bought, 1 unknown')
  const [, path = ''] = /its bytes were kept in `([^`]+)`/.exec(stderr) ?? []
  expect(readFileSync(project.path(path), 'utf8')).toBe(cut)
  expectBilled(1, 1)
})

test('a batch that is being cancelled is waited for, and what it left is handed in again', async () => {
  await batch()
  api.move('cancelling')
  expect((await batch()).stdout).toContain('Waiting in 1 batch')
  expect(api.batches).toHaveLength(1)
  await api.end('cancelled', { worked: 1 })
  expect((await batch()).stdout).toContain('1 bought')
  expect(api.batches).toHaveLength(2)
  await api.end()
  expect((await batch()).code).toBe(0)
  expectBilled(2)
})

test('a settled batch stays on record, without what it held', async () => {
  await batch()
  await api.end()
  await batch()
  const [name = '', ...others] = readdirSync(project.path('.imprompt/journal/batches'))
  expect(others).toEqual([])
  expect(
    JSON.parse(readFileSync(project.path(`.imprompt/journal/batches/${name}`), 'utf8')),
  ).toMatchObject({ batch: 'batch_1', requests: [] })
  expectBilled(2)
})
