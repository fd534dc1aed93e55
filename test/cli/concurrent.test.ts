import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { fsJournal } from '../../packages/core/src/store/journal.ts'
import { startOpenAi, type OpenAiDouble } from '../support/openai-server.ts'
import { credentials, makeProject, type TestProject } from '../support/project.ts'
import { runCli, withoutWaits } from '../support/run-cli.ts'

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
  expect(runs.map(withoutWaits)).toEqual(['', '', '', '', ''])
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
  expect(await ledgerOf(project)).toMatchObject({ attempts: 3, unknown: 3 })

  const again = await runCli(project.root, ['generate', '--retry-unknown'])
  expect(again.code, again.stderr).toBe(0)
  // Three pictures, and three declared unknown charges.
  expect([...billsOf(openAi).values()]).toEqual([2, 2, 2])
  expect(openAi.billed).toHaveLength(6)
  expect(await ledgerOf(project)).toMatchObject({ attempts: 6, bought: 3, unknown: 3 })
})

test('a build that waits for another one says whom it waits for, and for what', async () => {
  await using openAi = await startOpenAi({ delayMs: 1000 })
  using project = projectOf(openAi, 2)
  const env = { PATH: process.env['PATH'] ?? '' }
  const first = spawn(process.execPath, [bin, 'generate'], { cwd: project.root, env })
  while (openAi.requests < 2) await setTimeout(5)
  // It stands still, and so is waited for until it goes on.
  first.kill('SIGSTOP')
  const second = spawn(process.execPath, [bin, 'generate', '--json'], { cwd: project.root, env })
  const closed = new Promise<number | null>((resolve) => second.on('close', resolve))
  const [said, stdout] = [text(second.stderr), text(second.stdout)]
  second.stderr.once('data', () => first.kill('SIGCONT'))
  expect(await closed, await said).toBe(0)
  expect(await said).toMatch(
    /^Waiting for process \d+ on `[\w.-]+`, which has been buying 2 pictures of this build since \d{4}-\d\d-\d\dT[\d:]+Z: post\.md:1:1, post\.md:3:1\n$/,
  )
  expect(JSON.parse(await stdout).totals).toMatchObject({ stored: 2, bought: 0 })
  expect(openAi.billed).toHaveLength(2)
})
