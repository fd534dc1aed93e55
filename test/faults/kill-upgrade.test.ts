import { existsSync } from 'node:fs'
import { describe, expect } from 'vitest'
import { originalPath } from '../../packages/core/src/store/address.ts'
import { fsLedger } from '../../packages/core/src/store/ledger.ts'
import { openCli } from '../support/cli-session.ts'
import { isWhole, sampleOf, turns } from '../support/faults.ts'
import { hindrance, isKilledAt } from '../support/killed-at-call.ts'
import { entryOf, ofQuality } from '../support/older-defaults.ts'
import { type OpenAiDouble, startOpenAi } from '../support/openai-server.ts'
import { credentials, makeProject, type TestProject } from '../support/project.ts'
import { runCli } from '../support/run-cli.ts'
import { testUnless } from '../support/skip.ts'

/** With a few before the request, while it is under way, and between the arrival of the picture and its entry. */
const calls = [
  { call: 'rename', few: [2, 3, 4, 5] },
  { call: 'fsync', few: [7, 9, 11] },
] as const

const cases = calls.map((one) => ({
  ...one,
  which: isWhole ? `any ${one.call}` : `${one.call} ${one.few.join(', ')}`,
}))

/**
 * A picture that was bought by older defaults. A file stands where the index would, which is written or not by how many
 * seconds the purchase is ago, so that the nth call is the same one each time.
 */
async function projectOf(openAi: OpenAiDouble): Promise<TestProject> {
  const project = makeProject({
    '.env.local': credentials(openAi.url),
    'imprompt.config.js': ofQuality('low'),
    'post.md': '![gen: a fox](alt=fox)\n',
    '.imprompt/index': '',
  })
  expect((await runCli(project.root, ['generate'])).code).toBe(0)
  project.write({ 'imprompt.config.js': ofQuality('medium') })
  return project
}

describe(`an upgrade that is killed${sampleOf('every step')}`, () => {
  testUnless(hindrance()).for(cases)(
    'at $which leaves the picture in its place or the new one, and buys that once',
    { timeout: 600_000 },
    async ({ call, few }, { annotate }) => {
      const stages = new Set<string>()
      for (const nth of turns(few)) {
        await using openAi = await startOpenAi()
        using project = await projectOf(openAi)
        if (!(await isKilledAt({ call, nth }, project, 'upgrade', '--yes'))) break
        stages.add(await settled(openAi, project, `${call} ${nth}`))
      }
      await annotate([...stages].join(', '))
      expect(stages).toContain('bought, not in its place')
    },
  )
})

/** Has later runs end what one that was killed began. Answers how far that had come. */
async function settled(openAi: OpenAiDouble, project: TestProject, at: string): Promise<string> {
  const killed = entryOf(project, 'a fox')
  const wasBilled = openAi.billed.length > 1
  await using cli = openCli(project.root)
  // What stands there is whole, whatever was under way.
  expect((await cli.run('check', '--mode', 'frozen')).code, at).toBe(0)
  const next = await cli.run('upgrade', '--yes')
  expect([0, 7], `${at}: ${next.stderr}`).toContain(next.code)
  const isUnknown = next.code === 7
  if (isUnknown) expect((await cli.run('upgrade', '--yes', '--retry-unknown')).code, at).toBe(0)
  const entry = entryOf(project, 'a fox')
  expect(entry, at).toMatchObject({
    key: killed.key,
    request: { quality: 'medium' },
    former: [{ request: { quality: 'low' } }],
  })
  for (const { original } of [entry, ...(entry.former ?? [])])
    expect(existsSync(project.path(`.imprompt/${originalPath(original)}`)), at).toBe(true)
  expect((await cli.run('generate')).stdout, at).toContain('1 stored')
  // Two pictures, and the unknown charge that was told.
  const { attempts } = await fsLedger(project.path('.imprompt')).read()
  const ends = attempts.map(({ end }) => end).toSorted()
  expect(ends, at).toEqual(['bought', 'bought', ...(isUnknown ? ['unknown'] : [])])
  expect(openAi.billed.length, at).toBeGreaterThanOrEqual(2)
  expect(openAi.billed.length, at).toBeLessThanOrEqual(isUnknown ? 3 : 2)
  if (!wasBilled) return 'before the request'
  if (isUnknown) return 'under way'
  return killed.request.quality === 'low' ? 'bought, not in its place' : 'in its place'
}
