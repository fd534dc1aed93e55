import { afterAll, beforeAll, expect } from 'vitest'
import { isWhole, sampleOf } from '../support/faults.ts'
import { buildDespite, randomOf } from '../support/killed-builds.ts'
import { startOpenAi } from '../support/openai-server.ts'
import { runCli } from '../support/run-cli.ts'
import { machineOf, pass, storedIn } from '../support/s3-team.ts'
import { type Ceph, cephHindrance, startCeph } from '../support/servers/ceph.ts'
import { testUnless } from '../support/skip.ts'

const crowd = isWhole ? 50 : 8
const machines = isWhole ? 8 : 3
const pictures = isWhole ? 20 : 4
const killRates = isWhole ? [0, 0.15, 0.3] : [0.3]

let ceph: Ceph
beforeAll(async () => {
  if (cephHindrance === undefined) ceph = await startCeph()
})
afterAll(() => ceph?.stop())

const test = testUnless(cephHindrance)

test(
  `${crowd} machines that want one new picture buy it once${sampleOf('50')}`,
  { timeout: 600_000 },
  async () => {
    await ceph.makeBucket('crowd')
    await using openAi = await startOpenAi({ delayMs: 2000 })
    const team = { ceph, bucket: 'crowd', openAi }
    const all = Array.from({ length: crowd }, () => machineOf(team, { options: 'trusted: true' }))
    try {
      const runs = await Promise.all(all.map(({ root }) => runCli(root, ['generate'])))
      expect(runs.filter(({ code }) => code !== 0)).toEqual([])
      expect(openAi.requests).toBe(1)
      expect(openAi.billed).toHaveLength(1)
      const originals = all.map((one) =>
        storedIn(one, 'originals').find((name) => name.endsWith('.png')),
      )
      expect(new Set(originals).size).toBe(1)
      expect(originals[0]).toBeDefined()
    } finally {
      for (const one of all) one[Symbol.dispose]()
    }
  },
)

test.for(killRates)(
  `${machines} machines with stores of their own buy ${pictures} pictures once where each is killed at a rate of %d, but for what was under way${sampleOf('8 machines, 20 pictures and three rates')}`,
  { timeout: 900_000 },
  async (rate, { annotate }) => {
    const bucket = `race-${100 * rate}`
    await ceph.makeBucket(bucket)
    await using openAi = await startOpenAi({ delayMs: 500 })
    const team = { ceph, bucket, openAi }
    const change = { options: 'trusted: true', pictures }
    const all = Array.from({ length: machines }, () => machineOf(team, change))
    /** Attempts of killed builds whose picture other machines may not have got: each may be bought once more. */
    const open = new Set<string>()
    try {
      const builds = all.map((project, at) => {
        const random = randomOf(7919 * at + 104_729)
        const onKilled = (): void => {
          for (const name of storedIn(project, 'journal'))
            if (/^[^/]+\.json$/.test(name)) open.add(name)
        }
        return buildDespite({ rate, random, openAi, onKilled }, project)
      })
      await Promise.all(builds)
      await annotate(`${openAi.billed.length} billed, at most ${open.size} attempts left open`)
      expect(openAi.billed.length).toBeGreaterThanOrEqual(pictures)
      expect(openAi.billed.length).toBeLessThanOrEqual(pictures + open.size)
      for (const one of all) await pass(one, 'verify')
      using fresh = machineOf(team, change)
      expect((await pass(fresh, 'check', '--mode', 'frozen')).stdout).toContain(`${pictures} `)
    } finally {
      for (const one of all) one[Symbol.dispose]()
    }
  },
)
