import { existsSync, readdirSync } from 'node:fs'
import { describe, expect } from 'vitest'
import { fsLedger } from '../../packages/core/src/store/ledger.ts'
import { openCli } from '../support/cli-session.ts'
import { isWhole, projectOf, sampleOf, turns } from '../support/faults.ts'
import { hindrance, isKilledAt } from '../support/killed-at-call.ts'
import { type OpenAiDouble, startOpenAi } from '../support/openai-server.ts'
import type { TestProject } from '../support/project.ts'
import { testUnless } from '../support/skip.ts'

function hasOriginal(project: TestProject): boolean {
  const folder = project.path('.imprompt/originals')
  return existsSync(folder) && readdirSync(folder, { recursive: true }).length > 1
}

/** With a few that come before the request, while it is under way, and when its picture arrives and is stored. */
const calls = [
  { call: 'rename', few: [4, 6] },
  { call: 'link', few: [2] },
  { call: 'unlink', few: [3] },
  { call: 'fsync', few: [10, 11, 12, 16, 17] },
] as const

const cases = calls.map((one) => ({
  ...one,
  which: isWhole ? `any ${one.call}` : `${one.call} ${one.few.join(' or ')}`,
}))

describe(`a build that is killed${sampleOf('every step')}`, () => {
  testUnless(hindrance()).for(cases)(
    'at $which loses no picture, repeats no unknown charge and tells the ledger',
    { timeout: 600_000 },
    async ({ call, few }, { annotate }) => {
      let kills = 0
      for (const nth of turns(few)) {
        await using openAi = await startOpenAi()
        using project = projectOf(openAi)
        if (!(await isKilledAt({ call, nth }, project, 'generate'))) break
        kills += 1
        await expectOnce(openAi, project, `${call} ${nth}`)
      }
      expect(kills).toBeGreaterThanOrEqual(Math.max(1, few.length))
      await annotate(`${kills} kills`)
    },
  )
})

/** Has later builds end what one that was killed began. */
async function expectOnce(openAi: OpenAiDouble, project: TestProject, at: string): Promise<void> {
  const wasStored = hasOriginal(project)
  await using cli = openCli(project.root)
  const next = await cli.run('generate')
  const isUnknown = next.code === 7
  expect([0, 7], `${at}: ${next.stderr}`).toContain(next.code)
  expect(openAi.billed.length).toBeLessThanOrEqual(1)
  if (wasStored) expect(isUnknown, at).toBe(false)
  if (isUnknown) expect((await cli.run('generate', '--retry-unknown')).code).toBe(0)
  expect((await cli.run('generate')).stdout, at).toContain('1 stored')
  // One picture, and the unknown charge that was told.
  expect(openAi.billed.length).toBeLessThanOrEqual(isUnknown ? 2 : 1)
  expect(openAi.billed.length).toBeGreaterThanOrEqual(1)
  const { attempts, faults } = await fsLedger(project.path('.imprompt')).read()
  expect(faults).toEqual([])
  const ends = attempts.map(({ end }) => end).toSorted()
  expect(ends, at).toEqual(isUnknown ? ['bought', 'unknown'] : ['bought'])
}
