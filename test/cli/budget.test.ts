import { rmSync } from 'node:fs'
import { expect, test } from 'vitest'
import { projectOf } from '../support/faults.ts'
import { type OpenAiDouble, startOpenAi } from '../support/openai-server.ts'
import type { TestProject } from '../support/project.ts'
import { runCli } from '../support/run-cli.ts'

const generate = (project: TestProject, ...args: readonly string[]) =>
  runCli(project.root, ['generate', ...args])

function sumOf(bills: OpenAiDouble['billed']): number {
  return bills.reduce((sum, { microUsd }) => sum + microUsd, 0)
}

/** The worst case of one picture, as a plan tells it. */
async function worstOf(project: TestProject): Promise<number> {
  const { stdout } = await runCli(project.root, ['plan', '--json'])
  const { totals } = JSON.parse(stdout)
  return totals.worstMicroUsd / totals.new
}

test('with `--partial` what the budget holds is bought in the order of the content', async () => {
  await using openAi = await startOpenAi()
  using project = projectOf(openAi, 4)
  const all = await generate(project, '--budget', 'newImages=3')
  expect(all.code).toBe(3)
  expect(all.stderr).toContain('new pictures: 4 of 3 (1 too many)')
  expect(openAi.requests).toBe(0)
  const some = await generate(project, '--budget', 'newImages=3', '--partial')
  expect(some.code).toBe(3)
  expect(some.stderr).toContain('1 of 4 new pictures were left out')
  expect(some.stderr).toContain('fox 3')
  expect(some.stdout).toContain('3 bought')
  expect(openAi.received.map(({ body }) => String(body['prompt'])).toSorted()).toEqual([
    'fox 0',
    'fox 1',
    'fox 2',
  ])
  const rest = await generate(project, '--budget', 'newImages=3', '--partial')
  expect(rest.code).toBe(0)
  expect(openAi.billed).toHaveLength(4)
})

test('a month is held across builds side by side, with what was spent before', async () => {
  await using openAi = await startOpenAi({ delayMs: 200 })
  using project = projectOf(openAi, 1)
  expect((await generate(project)).code).toBe(0)
  const pictures = Array.from(
    { length: 8 },
    (_one, at) => `![gen: hen ${at}](size=512x512, quality=low, alt=hen)\n`,
  )
  for (const [at, picture] of pictures.entries()) project.write({ [`page-${at}.md`]: picture })
  const worst = await worstOf(project)
  const limit = sumOf(openAi.billed) + 3 * worst
  const budget = `build=5,month=${(limit / 1_000_000).toFixed(6)}`
  const gate = await generate(project, '--budget', budget)
  expect(gate.code).toBe(3)
  expect(gate.stderr).toContain('this month: with what was spent before up to')
  expect(openAi.billed).toHaveLength(1)
  const runs = await Promise.all(
    Array.from({ length: 4 }, () => generate(project, '--budget', budget, '--partial')),
  )
  expect(new Set(runs.map(({ code }) => code))).toEqual(new Set([3]))
  expect(sumOf(openAi.billed)).toBeLessThanOrEqual(limit)
  // Each of them may have been refused what was left for one of all.
  for (let times = 0; times < 4; times += 1)
    await generate(project, '--budget', budget, '--partial')
  expect(sumOf(openAi.billed)).toBeLessThanOrEqual(limit)
  expect(sumOf(openAi.billed)).toBeGreaterThan(limit - worst)
})

test('a warning is told, and stops nothing', async () => {
  await using openAi = await startOpenAi()
  using project = projectOf(openAi, 2)
  const { code, stdout } = await generate(project, '--budget', 'image=0.000001:warn')
  expect(code).toBe(0)
  expect(stdout).toContain('warning: over the budget of the dearest picture: up to $')
  expect(openAi.billed).toHaveLength(2)
})

test('where the ledger cannot be read nothing is bought that a month bounds', async () => {
  await using openAi = await startOpenAi()
  using project = projectOf(openAi, 1)
  expect((await generate(project)).code).toBe(0)
  project.write({ 'more.md': '![gen: a hen](size=512x512, quality=low, alt=hen)\n' })
  rmSync(project.path('.imprompt/ledger'), { recursive: true })
  project.write({ '.imprompt/ledger': 'a file in the place of a folder' })
  const bounded = await generate(project, '--budget', 'month=5')
  expect(bounded.code).toBe(3)
  expect(bounded.stderr).toContain('it cannot be told what was spent before')
  expect(openAi.billed).toHaveLength(1)
})

test('what the command line cannot mean is told part by part', async () => {
  await using openAi = await startOpenAi()
  using project = projectOf(openAi)
  const { code, stderr } = await generate(project, '--budget', 'build=1,weekly=2,newImages=x')
  expect(code).toBe(2)
  expect(stderr).toContain('`--budget`: unexpected `weekly=2`')
  expect(stderr).toContain('`--budget`: unexpected `newImages=x`')
  expect(openAi.requests).toBe(0)
})
