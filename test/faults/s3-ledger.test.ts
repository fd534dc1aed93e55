import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { type OpenAiDouble, startOpenAi } from '../support/openai-server.ts'
import type { TestProject } from '../support/project.ts'
import { type CliRun, runCli } from '../support/run-cli.ts'
import { machineOf, pass, type Team } from '../support/s3-team.ts'
import { type Ceph, cephHindrance, startCeph } from '../support/servers/ceph.ts'
import { testUnless } from '../support/skip.ts'

let ceph: Ceph
let openAi: OpenAiDouble
beforeAll(async () => {
  if (cephHindrance === undefined) ceph = await startCeph()
})
afterAll(() => ceph?.stop())
beforeEach(async () => {
  openAi = await startOpenAi({ delayMs: 100 })
})
afterEach(() => openAi[Symbol.asyncDispose]())

const test = testUnless(cephHindrance)

/** Runners that are thrown away, each of which wants another picture. */
async function runners(bucket: string, count: number): Promise<readonly TestProject[]> {
  const team: Team = { ceph, bucket, openAi }
  await ceph.makeBucket(bucket)
  return Array.from({ length: count }, (_none, at) => {
    const project = machineOf(team, { more: "persist: 'remote', mode: 'generate'" })
    project.write({ 'post.md': `![gen: hare ${at}](size=512x512, quality=low, alt=hare)\n` })
    return project
  })
}

/** What two pictures cost at most, in dollars. */
async function priceOfTwo(project: TestProject): Promise<number> {
  const { stdout } = await pass(project, 'plan', '--json')
  return (2 * JSON.parse(stdout).totals.worstMicroUsd) / 1_000_000
}

function generate(project: TestProject, budget: string): Promise<CliRun> {
  return runCli(project.root, ['generate', '--budget', budget], { CI: 'true' })
}

test('runners of CI side by side spend no more than the month holds', async () => {
  const machines = await runners('side-by-side', 6)
  using stack = new DisposableStack()
  for (const machine of machines) stack.use(machine)
  const [first] = machines
  if (first === undefined) throw new Error('no machine')
  const budget = `month=${await priceOfTwo(first)}`
  const runs = await Promise.all(machines.map((machine) => generate(machine, budget)))
  expect(openAi.billed.length, runs.map(({ stderr }) => stderr).join('\n')).toBe(2)
  expect(runs.filter(({ code }) => code === 0)).toHaveLength(2)
  expect(runs.filter(({ code }) => code === 3)).toHaveLength(4)
})

test('the month counts what runners bought that are gone, and refuses before it asks', async () => {
  const [first, second, third, ...others] = await runners('gone', 3)
  if (first === undefined || second === undefined || third === undefined)
    throw new Error('no machine')
  expect(others).toEqual([])
  using stack = new DisposableStack()
  for (const machine of [second, third]) stack.use(machine)
  const budget = `month=${await priceOfTwo(first)}`
  expect(await generate(first, budget)).toMatchObject({ code: 0 })
  first[Symbol.dispose]()
  expect(await generate(second, budget)).toMatchObject({ code: 0 })
  const refused = await generate(third, budget)
  expect(refused.code).toBe(3)
  expect(refused.stderr).toContain('Over budget: 1 new picture would cost up to')
  expect(openAi.requests).toBe(2)
})
