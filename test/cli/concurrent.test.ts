import { spawn } from 'node:child_process'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { fsJournal } from '../../packages/core/src/store/journal.ts'
import { startOpenAi, type OpenAiDouble } from '../support/openai-server.ts'
import { credentials, makeProject, type TestProject } from '../support/project.ts'
import { runCli } from '../support/run-cli.ts'

const bin = fileURLToPath(new URL('../../packages/cli/dist/bin.js', import.meta.url))

const projectOf = (openAi: OpenAiDouble, pictures: number): TestProject =>
  makeProject({
    '.env.local': credentials(openAi.url),
    'post.md': Array.from(
      { length: pictures },
      (_one, at) => `![gen: fox ${at}](size=512x512, quality=low, alt=fox)\n`,
    ).join('\n'),
  })

/** What the ledger of a store without damage tells. */
async function ledgerOf(project: TestProject): Promise<Readonly<Record<string, number>>> {
  const { code, stdout } = await runCli(project.root, ['verify', '--json'])
  expect(code).toBe(0)
  return JSON.parse(stdout).ledger
}

/** How often each prompt was billed. */
function billsOf(openAi: OpenAiDouble): ReadonlyMap<string, number> {
  const prompts = openAi.received.map(({ body }) => String(body['prompt']))
  return new Map(
    [...Map.groupBy(prompts, (prompt) => prompt)].map(([one, all]) => [one, all.length]),
  )
}

test('builds side by side buy each picture once', async () => {
  await using openAi = await startOpenAi({ delayMs: 300 })
  using project = projectOf(openAi, 6)
  const runs = await Promise.all(
    Array.from({ length: 5 }, () => runCli(project.root, ['generate'])),
  )
  expect(runs.map(({ stderr }) => stderr)).toEqual(['', '', '', '', ''])
  expect(runs.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0])
  expect(openAi.billed).toHaveLength(6)
  expect(openAi.requests).toBe(6)
  expect(await ledgerOf(project)).toMatchObject({
    attempts: 6,
    bought: 6,
    boughtMicroUsd: openAi.billed.reduce((sum, { microUsd }) => sum + microUsd, 0),
  })
})

test('a build takes over from one that was killed, and repeats no charge that is unknown', async () => {
  await using openAi = await startOpenAi({ delayMs: 1500 })
  using project = projectOf(openAi, 3)
  const killed = spawn(process.execPath, [bin, 'generate'], {
    cwd: project.root,
    env: { PATH: process.env['PATH'] ?? '' },
  })
  while (openAi.billed.length < 3) await setTimeout(20)
  const waiting = runCli(project.root, ['generate'])
  await setTimeout(500)
  killed.kill('SIGKILL')
  const { code, stderr } = await waiting
  expect(code, stderr).toBe(7)
  expect(openAi.billed).toHaveLength(3)
  expect((await fsJournal(project.path('.imprompt')).verdicts()).size).toBe(3)

  const again = await runCli(project.root, ['generate', '--retry-unknown'])
  expect(again.code, again.stderr).toBe(0)
  // Three pictures, and three declared unknown charges.
  expect([...billsOf(openAi).values()]).toEqual([2, 2, 2])
  expect(openAi.billed).toHaveLength(6)
  expect(await ledgerOf(project)).toMatchObject({ attempts: 6, bought: 3, unknown: 3 })
})
