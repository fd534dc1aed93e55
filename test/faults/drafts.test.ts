import { describe, expect, test } from 'vitest'
import { fsLedger } from '../../packages/core/src/store/ledger.ts'
import { isWhole, sampleOf } from '../support/faults.ts'
import { buildDespite, randomOf } from '../support/killed-builds.ts'
import { startOpenAi } from '../support/openai-server.ts'
import { credentials, makeProject } from '../support/project.ts'
import { runCli } from '../support/run-cli.ts'

const drafts = 4
const rates = isWhole ? [0.3, 0.6, 0.9] : [0.8]

describe(`drafts, and the final picture of one, made by two people at once${sampleOf('more rates')}`, () => {
  test.for(rates)(
    'are paid for once each where runs are killed at a rate of %d, but for open requests',
    { timeout: 600_000 },
    async (rate, { annotate }) => {
      await using openAi = await startOpenAi({ delayMs: 300 })
      using project = makeProject({
        '.env.local': credentials(openAi.url),
        'post.md': '![gen: a fox](size=512x512, quality=medium, alt=fox)\n',
      })
      let kills = 0
      const onKilled = (): void => {
        kills += 1
      }
      const twice = async (...words: readonly string[]): Promise<void> => {
        const runs = [104_729, 7919].map((seed) =>
          buildDespite({ rate, random: randomOf(seed), openAi, onKilled, words }, project),
        )
        await Promise.all(runs)
      }
      await twice('drafts', 'post.md:1', '-n', `${drafts}`)
      await twice('pick', 'post.md:1', '2')
      const { attempts, faults } = await fsLedger(project.path('.imprompt')).read()
      const { bought = [], unknown = [] } = Object.groupBy(attempts, ({ end }) => end)
      await annotate(`${kills} kills, ${openAi.billed.length} billed, ${unknown.length} unknown`)
      expect(faults).toEqual([])
      expect(bought).toHaveLength(drafts + 1)
      expect(openAi.requests).toBe(openAi.billed.length)
      // A run may be killed after it wrote an attempt down and before it asked.
      expect(openAi.billed.length).toBeLessThanOrEqual(bought.length + unknown.length)
      expect(openAi.billed.length).toBeGreaterThanOrEqual(bought.length)
      expect((await runCli(project.root, ['verify'])).code).toBe(0)
      expect((await runCli(project.root, ['plan'])).stdout).toContain(': 1 stored\n')
    },
  )
})
