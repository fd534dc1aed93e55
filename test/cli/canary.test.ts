import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  type CanaryProject,
  canaries,
  canaryDirective,
  canaryProject,
  expectNone,
  hiddenFromOthers,
  filesBelow,
} from '../support/canaries.ts'
import { type OpenAiDouble, refusals, startOpenAi } from '../support/openai-server.ts'
import { type CliRun, runCli } from '../support/run-cli.ts'

let openAi: OpenAiDouble
let site: CanaryProject
beforeEach(async () => {
  openAi = await startOpenAi()
  site = canaryProject(openAi.url, { 'post.md': canaryDirective(', style=house') })
})
afterEach(async () => {
  site[Symbol.dispose]()
  await openAi[Symbol.asyncDispose]()
})

function run(
  args: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<CliRun> {
  return runCli(site.root, args, { ...site.environment, ...more })
}

async function expectSilent(args: readonly string[], code = 0): Promise<void> {
  const told = await run(args)
  expect(told.code, told.stderr).toBe(code)
  expectNone(told.stdout + told.stderr, args.join(' '))
}

describe('the command line tells nobody what is its own', () => {
  test('whatever it is asked', async () => {
    await expectSilent(['plan'])
    await expectSilent(['plan', '--markdown'])
    await expectSilent(['check', '--mode', 'frozen'], 4)
    await expectSilent(['generate', '--budget', '0.001'], 3)
    await expectSilent(['generate'])
    expect(openAi.billed).toHaveLength(1)
    for (const command of ['plan', 'check', 'lint', 'verify', 'ledger', 'report', 'gc', 'models'])
      await expectSilent([command])
    await expectSilent(['ledger', '--json'])
    await expectSilent(['report', '--markdown'])
    await expectSilent(['report', '--markdown', '--prompts', 'none'])
    const ledger = filesBelow(join(site.root, canaries.store, 'ledger'))
    expect(ledger).toHaveLength(1)
    for (const [name, bytes] of ledger) expectNone(bytes, name, hiddenFromOthers)
  })

  test('but a whole prompt where one asks for it', async () => {
    const { stdout } = await run(['plan', '--markdown', '--prompts', 'full'])
    expect(stdout).toContain(canaries.promptTail)
    expectNone(stdout, 'Markdown', ['key', 'home', 'store'])
    const json = await run(['plan', '--json'])
    expect(json.stdout).toContain(canaries.promptTail)
    expectNone(json.stdout + json.stderr, 'JSON', ['key', 'home', 'store'])
  })

  test('in the page of a report', async () => {
    expect(await run(['generate'])).toMatchObject({ code: 0 })
    expect(await run(['report', '--html', 'page.html'])).toMatchObject({ code: 0 })
    expectNone(readFileSync(join(site.root, 'page.html')), 'the page', hiddenFromOthers)
  })

  test('in what GitHub Actions shows', async () => {
    const summary = join(site.root, 'summary.md')
    const actions = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary }
    const told = await run(['generate'], actions)
    expect(told.code, told.stderr).toBe(0)
    site.project.write({ 'canary-home/site/other.md': '![gen: a hen](sise=1)\n' })
    const failed = await run(['generate'], actions)
    expect(failed.code).toBe(2)
    expectNone(readFileSync(summary), 'the summary', hiddenFromOthers)
    for (const { stdout, stderr } of [told, failed]) expectNone(stdout + stderr, 'the log')
  })

  test('where bytes are not those that were bought', async () => {
    await run(['generate'])
    const originals = filesBelow(join(site.root, canaries.store, 'originals'))
    for (const [name] of originals)
      writeFileSync(join(site.root, canaries.store, 'originals', name), 'other bytes')
    expect(originals).toHaveLength(1)
    for (const command of ['plan', 'generate', 'check']) await expectSilent([command], 6)
    await expectSilent(['verify'], 9)
  })

  test.for(['badKey', 'moderation', 'billingLimit'] as const)(
    'where the provider refuses: %s',
    async (name) => {
      openAi.fail(refusals[name])
      const told = await run(['generate'])
      expect(told.code).toBe(5)
      expectNone(told.stdout + told.stderr, 'the log')
      const again = await run(['generate'])
      expectNone(again.stdout + again.stderr, 'the log')
    },
  )
})
