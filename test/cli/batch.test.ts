import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type BatchApi, startBatchApi } from '../support/openai/batch.ts'
import { credentials, makeProject, type TestProject } from '../support/project.ts'
import { type CliRun, runCli, withoutWaits } from '../support/run-cli.ts'

const post = `![gen: a red fox](size=1024x1024, quality=low, alt=fox)

![gen: an owl](size=1024x1024, quality=low, alt=owl)
`

const config = `export default { model: 'gpt-image-2-2026-04-21' }\n`

let api: BatchApi
let project: TestProject
beforeEach(async () => {
  api = await startBatchApi()
  project = makeProject({
    'posts/a.md': post,
    'imprompt.config.js': config,
    '.env.local': credentials(api.url),
  })
})
afterEach(async () => {
  project[Symbol.dispose]()
  await api[Symbol.asyncDispose]()
})

const cli = (...args: readonly string[]): Promise<CliRun> => runCli(project.root, args)
const batch = (...args: readonly string[]): Promise<CliRun> => cli('generate', '--batch', ...args)

/** What was billed is what was bought, and what is declared unknown. */
function expectBilled(distinct: number, unknown = 0): void {
  expect(api.billed).toHaveLength(distinct + unknown)
}

describe('imprompt generate --batch', () => {
  test('of runs side by side, one hands in and the other sees that it waits', async () => {
    const runs = await Promise.all([batch(), batch(), batch()])
    expect(runs.map(withoutWaits)).toEqual(['', '', ''])
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0])
    expect(api.batches).toHaveLength(1)
    await api.end()
    expectBilled(2)
  })

  test('hands a variation in once the picture that it varies is collected', async () => {
    project.write({
      'posts/a.md':
        '![gen: an inn](name=inn, size=1024x1024, quality=low, alt=inn)\n\n![gen: by night](name=night, vary=inn, quality=low, alt=night)\n',
      'posts/c.md': '![gen: in snow](vary=night, quality=low, alt=snow)\n',
    })
    const first = await batch()
    expect(first.stdout).toContain('Not handed in yet: 2 pictures, each a variation of one that')
    expect(first.stderr).toBe('')
    expect(first.code).toBe(0)
    await api.end()
    const second = await batch()
    expect(second.stdout).toContain('Waiting in 1 batch')
    expect(second.code).toBe(0)
    expectBilled(1)
    await api.end()
    const third = await batch()
    expect(third.stdout).toContain('1 bought')
    await api.end()
    expect((await batch()).stdout).toContain('1 bought')
    expect((await batch()).stdout).toContain('3 stored')
    expect(api.batches).toHaveLength(3)
    expectBilled(3)
  })

  test('hands in, ends, and collects in another process at half the price', async () => {
    const first = await batch()
    expect(first.stderr).toBe('')
    expect(first.code).toBe(0)
    expect(first.stdout).toMatch(
      /Waiting in 1 batch since 20.*: 2 pictures, up to \$0\.0\d+ in all/,
    )
    const waiting = await batch()
    expect(waiting.code).toBe(0)
    expect(api.batches).toHaveLength(1)
    await api.end()
    const second = await batch('--json')
    expect(second.code).toBe(0)
    const paid = api.billed.reduce((sum, { microUsd }) => sum + microUsd, 0)
    expect(JSON.parse(second.stdout)).toMatchObject({
      totals: { bought: 2, spentMicroUsd: paid, unknown: 0 },
    })
    const third = await batch()
    expect(third.stdout).toContain('2 stored')
    expect(api.batches).toHaveLength(1)
    expectBilled(2)
  })

  test('is waited for by no ordinary build, which buys nothing meanwhile', async () => {
    await batch()
    const { code, stderr } = await cli('generate')
    expect(code).toBe(4)
    expect(stderr).toMatch(
      /waits in batch `batch_1` of `openai` since .*`imprompt generate --batch`/,
    )
    expect(api.requests.filter((one) => one.includes('/images/'))).toEqual([])
    expectBilled(0)
  })

  test('finds its batches again where the journal is gone', async () => {
    await batch()
    rmSync(project.path('.imprompt'), { recursive: true })
    const waiting = await batch()
    expect(waiting.stdout).toContain('2 pictures')
    rmSync(project.path('.imprompt'), { recursive: true })
    await api.end()
    const { code, stdout } = await batch()
    expect(code).toBe(0)
    expect(stdout).toContain('2 bought')
    expect(api.batches).toHaveLength(1)
    expectBilled(2)
  })

  test('finds a batch that was accepted by a process that was killed before it knew', async () => {
    api.hangAfterCreate()
    const accepted = api.accepted()
    const bin = fileURLToPath(new URL('../../packages/cli/dist/bin.js', import.meta.url))
    const child = spawn(process.execPath, [bin, 'generate', '--batch'], {
      cwd: project.root,
      env: { PATH: process.env['PATH'] ?? '' },
    })
    await accepted
    const closed = new Promise((resolve) => child.on('close', resolve))
    child.kill('SIGKILL')
    await closed
    const waiting = await batch()
    expect(waiting.code).toBe(0)
    expect(waiting.stdout).toContain('Waiting in 1 batch')
    await api.end()
    expect((await batch()).stdout).toContain('2 bought')
    expect(api.batches).toHaveLength(1)
    expectBilled(2)
  })

  test('declares what no account lists an unknown charge, and asks again by consent alone', async () => {
    await batch()
    api.forget()
    const lost = await batch()
    expect(lost.code).toBe(7)
    expect(lost.stderr).toContain('the provider knows no such batch')
    expect((await batch()).code).toBe(7)
    expect(api.batches).toHaveLength(0)
    expect((await batch('--retry-unknown')).code).toBe(0)
    await api.end()
    expect((await batch()).code).toBe(0)
    expectBilled(2)
  })

  test('keeps to the budget before it hands anything in', async () => {
    const { code, stderr } = await batch('--budget', '0.001')
    expect(code).toBe(3)
    expect(stderr).toContain('Over budget')
    expect(api.requests.filter((one) => one.startsWith('POST'))).toEqual([])
    expectBilled(0)
  })

  test('names a provider that takes no batches', async () => {
    project.write({
      'imprompt.config.js': `import { sketch } from '@imprompt/core'\nexport default { provider: sketch() }\n`,
    })
    const { code, stderr } = await batch()
    expect(code).toBe(2)
    expect(stderr).toContain('`sketch` takes no batches')
  })

  test('collects beside pictures whose provider takes no batches', async () => {
    await batch()
    await api.end()
    project.write({
      'imprompt.config.js': `import { openai, sketch } from '@imprompt/core'\nexport default { provider: openai(), providers: [sketch()], model: 'gpt-image-2-2026-04-21' }\n`,
      'posts/c.md': '![gen: a hen](provider=sketch, size=1024x1024, alt=hen)\n',
    })
    const mixed = await batch()
    expect(mixed.code).toBe(2)
    expect(mixed.stderr).toContain('`sketch` takes no batches. Nothing was handed in')
    expect(mixed.stdout).toContain('2 bought')
    expect(mixed.stdout).toMatch(/spent \$0\.0\d+/)
    expect((await cli('generate')).code).toBe(0)
    expect((await batch()).stdout).toContain('3 stored')
    expectBilled(2)
  })

  test('says so where a model has no batch price', async () => {
    project.write({ 'imprompt.config.js': 'export default {}\n' })
    const { code, stdout } = await batch()
    expect(code).toBe(0)
    expect(stdout).toContain('standard rates, as no batch price is known: 2 pictures')
    await api.end()
    const paid = JSON.parse((await batch('--json')).stdout)
    expect(paid).toMatchObject({
      totals: { bought: 2, spentMicroUsd: api.billed.reduce((sum, one) => sum + one.microUsd, 0) },
    })
  })

  test('is the only way to buy where the provider says so', async () => {
    project.write({
      'imprompt.config.js': `import { openai } from '@imprompt/core'\nexport default { provider: openai({ api: 'batch' }), model: 'gpt-image-2-2026-04-21' }\n`,
    })
    const refused = await cli('generate')
    expect(refused.code).toBe(4)
    expect(refused.stderr).toContain('run `imprompt generate --batch`')
    expect(api.requests).toEqual([])
    expect((await batch()).code).toBe(0)
    await api.end()
    expect((await batch()).stdout).toContain('2 bought')
    expectBilled(2)
  })
})

describe('a batch whose pictures stand elsewhere', () => {
  test('keeps what no file asks for until one does again', async () => {
    await batch()
    project.write({ 'posts/a.md': '![gen: an owl](size=1024x1024, quality=low, alt=owl)\n' })
    await api.end()
    const first = await batch()
    expect(first.code).toBe(0)
    expect(first.stdout).toContain("in no file of today's content: 1 picture")
    project.write({ 'posts/a.md': post })
    const second = await batch()
    expect(second.stdout).toContain('1 bought')
    expect((await batch()).stdout).toContain('2 stored')
    expect(api.batches).toHaveLength(1)
    expectBilled(2)
  })

  test('brings one picture for two notations of a request', async () => {
    project.write({
      'posts/a.md':
        '![gen: a fox](size=1024x1024, quality=low)\n\n![gen: a fox](size=square, quality=low)\n',
    })
    await batch()
    await api.end()
    expect((await batch()).code).toBe(0)
    expect((await batch()).stdout).toContain('2 stored')
    expectBilled(1)
  })
})

describe('a batch that ends otherwise', () => {
  test('brings what was made, remembers refusals and declares unknown charges', async () => {
    project.write({ 'posts/b.md': '![gen: a hen](size=1024x1024, quality=low)\n' })
    await batch()
    await api.end('completed', { faults: { owl: 'refused', hen: 'failed' } })
    const { code, stdout, stderr } = await batch()
    expect(code).toBe(7)
    expect(stdout).toContain('1 bought, 1 refused, 1 unknown')
    expect(stderr).toContain('moderation_blocked')
    expect((await batch()).code).toBe(7)
    expect(api.batches).toHaveLength(1)
    expectBilled(1, 1)
  })

  test.for(['expired', 'cancelled'] as const)('hands in again what was %s', async (status) => {
    await batch()
    await api.end(status, { worked: 1 })
    const { code, stdout } = await batch()
    expect(code).toBe(0)
    expect(stdout).toContain('1 bought, 1 unknown')
    expect(api.batches).toHaveLength(2)
    await api.end()
    expect((await batch()).code).toBe(0)
    expectBilled(2)
  })

  test('tells why the provider would not have it', async () => {
    await batch()
    await api.end('failed')
    const { code, stderr } = await batch()
    expect(code).toBe(5)
    expect(stderr).toContain('not served in batches')
    expect(api.batches).toHaveLength(1)
    expectBilled(0)
  })

  test('is read again where its answers were cut off', async () => {
    await batch()
    await api.end()
    api.cutAfter(2000)
    const cut = await batch()
    expect(cut.code).toBe(4)
    expect(cut.stderr).toContain('could not be read to its end')
    api.cutAfter(undefined)
    expect((await batch()).code).toBe(0)
    expect(api.batches).toHaveLength(1)
    expectBilled(2)
  })

  test('is asked for no picture while the account cannot list its batches', async () => {
    const error = { message: 'Slow down.', type: 'requests', code: 'rate_limit_exceeded' }
    api.refuse('GET /v1/batches', { status: 429, error })
    const { code, stderr } = await batch()
    expect(code).toBe(5)
    expect(stderr).toContain('Nothing was handed in')
    expect(api.batches).toHaveLength(0)
  })
})
