import { appendFileSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { describe, expect, test } from 'vitest'
import type { Report } from '../../packages/core/src/report/report.ts'
import { startBatchApi } from '../support/openai/batch.ts'
import { type OpenAiDouble, refusals, startOpenAi } from '../support/openai-server.ts'
import { credentials, makeProject, type TestProject } from '../support/project.ts'
import { runCli } from '../support/run-cli.ts'

const pictures = (...prompts: readonly string[]): string =>
  prompts.map((prompt) => `![gen: ${prompt}](size=512x512, quality=low, alt=a)\n`).join('\n')

const projectOf = (api: { readonly url: string }, ...prompts: readonly string[]): TestProject =>
  makeProject({ '.env.local': credentials(api.url), 'post.md': pictures(...prompts) })

const generate = (project: TestProject, ...args: readonly string[]) =>
  runCli(project.root, ['generate', ...args])

/** What `verify` tells of the ledger. */
async function totalsOf(project: TestProject): Promise<Readonly<Record<string, number>>> {
  const { code, stdout } = await runCli(project.root, ['verify', '--json'])
  expect(code).toBe(0)
  return JSON.parse(stdout).ledger
}

function sumOf(bills: OpenAiDouble['billed']): number {
  return bills.reduce((sum, { microUsd }) => sum + microUsd, 0)
}

/** Puts a folder where the lines of this month go, which no gate looks at; answers how it is mended. */
function spoil(project: TestProject): () => void {
  const month = new Date().toISOString().slice(0, '2026-11'.length)
  const path = project.path(`.imprompt/ledger/${month}/me.jsonl`)
  project.write({ '.imprompt/journal/writer': 'me\n' })
  mkdirSync(path, { recursive: true })
  return () => rmSync(path, { recursive: true })
}

function reportOf(project: TestProject): Report {
  return JSON.parse(readFileSync(project.path('.imprompt/report.json'), 'utf8'))
}

/** Files below the store's folder of the ledger, with what they hold. */
function ledgerOf(project: TestProject): ReadonlyMap<string, string> {
  const folder = project.path('.imprompt/ledger')
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const files = names.filter((name) => name.endsWith('.jsonl'))
  return new Map(
    files.map((name) => [`${folder}/${name}`, readFileSync(`${folder}/${name}`, 'utf8')]),
  )
}

describe('the ledger of builds', () => {
  test('comes to what was billed', async () => {
    await using openAi = await startOpenAi()
    using project = projectOf(openAi, 'fox', 'hen')
    const images = `{ barn: { prompt: 'owl', size: '512x512', quality: 'low' } }`
    project.write({ 'imprompt.config.js': `export default { images: ${images} }\n` })
    expect((await generate(project)).code).toBe(0)
    expect(await totalsOf(project)).toMatchObject({
      attempts: 3,
      bought: 3,
      boughtMicroUsd: sumOf(openAi.billed),
      unknown: 0,
    })
    const text = [...ledgerOf(project).values()].join('')
    const lines = text
      .split('\n')
      .filter((one) => one !== '')
      .map((one) => JSON.parse(one))
    const subjects = lines.map(({ place, page }) => [place, page])
    expect(new Set(subjects)).toEqual(
      new Set([
        ['imprompt.config.js images.barn', 'imprompt.config.js'],
        ['post.md:1', 'post.md'],
        ['post.md:3', 'post.md'],
      ]),
    )
    const { images: told, month } = reportOf(project)
    expect(month).toMatchObject({ settledMicroUsd: sumOf(openAi.billed), unknownMicroUsd: 0 })
    expect(new Set(lines.map(({ key }) => key))).toEqual(new Set(told.map(({ key }) => key)))
    for (const secret of ['sk-test', 'fox', 'hen', 'owl', project.root, homedir()])
      expect(text).not.toContain(secret)
    expect(lines[0]).toMatchObject({
      schema: 1,
      provider: 'openai',
      end: 'bought',
      basis: 'usage',
      requestId: expect.stringMatching(/^req_\d$/),
    })
  })

  test('is left alone by builds that buy nothing', async () => {
    await using openAi = await startOpenAi()
    using project = projectOf(openAi, 'fox')
    openAi.fail('server-error')
    expect((await generate(project)).code).toBe(7)
    expect(reportOf(project).month).toMatchObject({ settledMicroUsd: 0 })
    const before = ledgerOf(project)
    expect((await generate(project)).code).toBe(7)
    expect(reportOf(project).month).toBeUndefined()
    expect((await runCli(project.root, ['plan'])).code).toBe(0)
    await runCli(project.root, ['check'])
    expect(ledgerOf(project)).toEqual(before)
  })

  test('bounds what was billed where outcomes are unknown, also after they are bought', async () => {
    await using openAi = await startOpenAi()
    using project = projectOf(openAi, 'fox', 'hen')
    openAi.fail('server-error', 'reset')
    expect((await generate(project)).code).toBe(7)
    expect(await totalsOf(project)).toMatchObject({ attempts: 2, bought: 0, unknown: 2 })
    const again = await generate(project, '--retry-unknown')
    expect(again.stdout).toMatch(
      /earlier attempts of unknown outcome may have cost up to \$0\.0\d+ more/,
    )
    expect(again.code).toBe(0)
    const { images } = reportOf(project)
    const { unknownMicroUsd = 0, ...totals } = await totalsOf(project)
    expect(totals).toMatchObject({
      attempts: 4,
      bought: 2,
      boughtMicroUsd: sumOf(openAi.billed.slice(2)),
      unknown: 2,
    })
    expect(sumOf(openAi.billed.slice(0, 2))).toBeLessThanOrEqual(unknownMicroUsd)
    const earlier = images.reduce((sum, { earlierMicroUsd = 0 }) => sum + earlierMicroUsd, 0)
    expect(earlier).toBe(unknownMicroUsd)
  })

  test('tells of what was refused and of nothing that was put off', async () => {
    await using openAi = await startOpenAi()
    using project = projectOf(openAi, 'fox')
    openAi.fail(refusals.overloaded, refusals.moderation)
    expect((await generate(project)).code).toBe(5)
    expect(await totalsOf(project)).toMatchObject({ attempts: 1, refused: 1, refusedMicroUsd: 0 })
    expect([...ledgerOf(project).values()][0]).toContain('"code":"moderation_blocked"')
  })

  test('tells of a quota that is used up, which bars nothing', async () => {
    await using openAi = await startOpenAi()
    using project = projectOf(openAi, 'fox')
    openAi.fail(refusals.quota)
    expect((await generate(project)).code).toBe(5)
    expect(await totalsOf(project)).toMatchObject({ attempts: 1, refused: 1 })
    expect((await generate(project)).code).toBe(0)
    expect(await totalsOf(project)).toMatchObject({ attempts: 2, refused: 1, bought: 1 })
  })

  test('that cannot be written loses no picture, is told, and is mended by the next build', async () => {
    await using openAi = await startOpenAi()
    using project = projectOf(openAi, 'fox')
    const mend = spoil(project)
    const { code, stdout, stderr } = await generate(project)
    expect(stdout).toContain('1 bought')
    expect(stderr).toContain('The picture is bought and stored, and the ledger could not be told')
    expect(code).toBe(4)
    mend()
    expect((await generate(project)).code).toBe(0)
    expect(await totalsOf(project)).toMatchObject({
      attempts: 1,
      boughtMicroUsd: sumOf(openAi.billed),
    })
    expect(openAi.billed).toHaveLength(1)
  })
})

test('a torn line of a ledger is damage that tells where it is', async () => {
  await using openAi = await startOpenAi()
  using project = projectOf(openAi, 'fox')
  expect((await generate(project)).code).toBe(0)
  const [path = ''] = ledgerOf(project).keys()
  appendFileSync(path, '{"schema":1,"att')
  project.write({ 'other.md': pictures('hen') })
  expect((await generate(project)).code).toBe(0)
  const { code, stdout } = await runCli(project.root, ['verify'])
  expect(stdout).toContain(`  corrupt  ${path}:2\n`)
  expect(stdout).toContain('2 attempts in the ledger: 2 bought for $0.0')
  expect(code).toBe(9)
})

describe('the ledger of batches', () => {
  const config = { 'imprompt.config.js': `export default { model: 'gpt-image-2-2026-04-21' }\n` }

  test('comes to what was billed, once however often a batch is read', async () => {
    await using api = await startBatchApi()
    using project = projectOf(api, 'fox', 'hen')
    project.write(config)
    expect((await generate(project, '--batch')).code).toBe(0)
    expect(await totalsOf(project)).toMatchObject({ attempts: 0 })
    await api.end()
    expect((await generate(project, '--batch')).code).toBe(0)
    expect(reportOf(project).month).toMatchObject({ settledMicroUsd: sumOf(api.billed) })
    expect((await generate(project, '--batch')).code).toBe(0)
    expect(await totalsOf(project)).toMatchObject({
      attempts: 2,
      bought: 2,
      boughtMicroUsd: sumOf(api.billed),
    })
    const text = [...ledgerOf(project).values()].join('')
    expect(text.split('\n')).toHaveLength(3)
    expect(text).toContain('"model":"gpt-image-2-2026-04-21","expectedMicroUsd":')
    expect(text).toMatch(/"key":"[0-9a-f]{64}","place":"post\.md:1","page":"post\.md"/)
  })

  test('that cannot be written is told, and is written by the next run', async () => {
    await using api = await startBatchApi()
    using project = projectOf(api, 'fox')
    project.write(config)
    await generate(project, '--batch')
    await api.end()
    const mend = spoil(project)
    const { code, stderr } = await generate(project, '--batch')
    expect(stderr).toContain('could not be settled for 1 picture')
    expect(code).toBe(4)
    mend()
    expect((await generate(project, '--batch')).code).toBe(0)
    expect(await totalsOf(project)).toMatchObject({
      attempts: 1,
      boughtMicroUsd: sumOf(api.billed),
    })
  })

  test('bounds what a lost batch may have been billed', async () => {
    await using api = await startBatchApi()
    using project = projectOf(api, 'fox', 'hen')
    project.write(config)
    await generate(project, '--batch')
    await api.end()
    api.forget()
    expect((await generate(project, '--batch')).code).toBe(7)
    const { unknownMicroUsd, ...totals } = await totalsOf(project)
    expect(totals).toMatchObject({ attempts: 2, unknown: 2, bought: 0 })
    expect(unknownMicroUsd).toBeGreaterThanOrEqual(sumOf(api.billed))
  })
})
