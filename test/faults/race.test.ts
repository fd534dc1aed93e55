import { describe, expect, test } from 'vitest'
import { fsLedger } from '../../packages/core/src/store/ledger.ts'
import { attemptsIn, isWhole, sampleOf } from '../support/faults.ts'
import { buildDespite, randomOf } from '../support/killed-builds.ts'
import { startOpenAi } from '../support/openai-server.ts'
import { credentials, makeProject } from '../support/project.ts'
import { runCli } from '../support/run-cli.ts'

const machines = isWhole ? 8 : 4
const pictures = isWhole ? 20 : 6

describe(`${machines} builds of ${pictures} pictures at once${sampleOf('8 of 20')}`, () => {
  test.for([[0], [0.3], [0.8]] as const)(
    'pay for each picture once where each is killed at a rate of %d, but for open requests',
    { timeout: 600_000 },
    async ([killRate], { annotate }) => {
      await using openAi = await startOpenAi({ delayMs: 500 })
      using project = makeProject({
        '.env.local': credentials(openAi.url),
        'post.md': Array.from(
          { length: pictures },
          (_one, at) => `![gen: fox ${at}](size=512x512, quality=low, alt=fox)\n`,
        ).join('\n'),
      })
      let kills = 0
      const onKilled = (): void => {
        kills += 1
      }
      const builds = Array.from({ length: machines }, (_one, at) => {
        const random = randomOf(7919 * at + 104_729)
        return buildDespite({ rate: killRate, random, openAi, onKilled }, project)
      })
      await Promise.all(builds)
      const { attempts, faults } = await fsLedger(project.path('.imprompt')).read()
      const { bought = [], unknown = [] } = Object.groupBy(attempts, ({ end }) => end)
      await annotate(
        `${kills} kills, ${openAi.billed.length} billed, ${unknown.length} attempts of unknown outcome`,
      )
      expect(faults).toEqual([])
      expect(attempts).toHaveLength(bought.length + unknown.length)
      expect(bought).toHaveLength(pictures)
      expect(openAi.requests).toBe(openAi.billed.length)
      // A build may be killed after it wrote an attempt down and before it asked.
      expect(openAi.billed.length).toBeLessThanOrEqual(attempts.length)
      expect(openAi.billed.length).toBeGreaterThanOrEqual(pictures)
      // Each kill leaves what was under way at that moment.
      expect(unknown.length).toBeLessThanOrEqual(kills * pictures)
      expect((await runCli(project.root, ['verify'])).code).toBe(0)
      expect((await runCli(project.root, ['plan'])).stdout).toContain(`${pictures} stored`)
      expect(attemptsIn(project)).toEqual([])
    },
  )
})
