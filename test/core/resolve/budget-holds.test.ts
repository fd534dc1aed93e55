import { describe, expect, test } from 'vitest'
import { spendingFor } from '../../../packages/core/src/resolve/books.ts'
import { generous } from '../../support/fakes.ts'
import {
  build,
  ledgerIn,
  limitMicroUsd,
  slowTier,
  worldOf,
  worstMicroUsd,
} from '../../support/spending-builds.ts'

describe('1,000 runs of 64 requests whose sum is ten times the budget', () => {
  test(
    'spend no more than that of a build, whatever each reply costs',
    { timeout: 300_000 },
    async () => {
      let sent = 0
      for (let seed = 0; seed < 500; seed += 1) {
        const world = worldOf(seed)
        await build([{ id: 'build', limit: limitMicroUsd, level: 'error' }], world)
        expect(world.exposure.mostMicroUsd, `seed ${seed}`).toBeLessThanOrEqual(limitMicroUsd)
        sent += world.exposure.sent
      }
      expect(sent).toBeGreaterThan(500)
    },
  )

  test(
    'spend no more than that of a month, in builds side by side and after kills',
    { timeout: 300_000 },
    async () => {
      const budget = [{ id: 'month', limit: limitMicroUsd, level: 'error' }] as const
      for (let seed = 0; seed < 500; seed += 1) {
        const world = worldOf(seed)
        for (let round = 0; round < 3; round += 1)
          await Promise.all([0, 1, 2].map((part) => build(budget, world, part, 3)))
        for (let sent = -1; sent < world.exposure.sent;) {
          sent = world.exposure.sent
          await build(budget, world)
        }
        const { nowMicroUsd, mostMicroUsd } = world.exposure
        expect(mostMicroUsd, `seed ${seed}`).toBeLessThanOrEqual(limitMicroUsd)
        const { monthMicroUsd = 0 } =
          (await spendingFor({ ...generous, budget }, world, false)) ?? {}
        expect(monthMicroUsd, `seed ${seed}`).toBeGreaterThanOrEqual(nowMicroUsd)
        // What is left holds no further one, so that nothing was refused for nothing.
        expect(monthMicroUsd, `seed ${seed}`).toBeGreaterThan(limitMicroUsd - worstMicroUsd)
      }
    },
  )

  test(
    'spend no more than that of a month on machines that share a ledger',
    { timeout: 300_000 },
    async () => {
      const budget = [{ id: 'month', limit: limitMicroUsd, level: 'error' }] as const
      for (let seed = 0; seed < 200; seed += 1) {
        const tier = slowTier()
        const first = { ...worldOf(seed), tier }
        const { random, exposure } = first
        const machines = [
          first,
          ...[1, 2].map(() => ({ ...worldOf(seed), random, exposure, tier })),
        ]
        for (let sent = -1; sent < exposure.sent;) {
          sent = exposure.sent
          await Promise.all(machines.map((machine) => build(budget, machine)))
        }
        expect(exposure.mostMicroUsd, `seed ${seed}`).toBeLessThanOrEqual(limitMicroUsd)
        for (const machine of machines) {
          const books = { ...machine, sharedLedger: ledgerIn(tier) }
          const { monthMicroUsd = 0 } =
            (await spendingFor({ ...generous, budget }, books, true)) ?? {}
          expect(monthMicroUsd, `seed ${seed}`).toBeGreaterThanOrEqual(exposure.nowMicroUsd)
          expect(monthMicroUsd, `seed ${seed}`).toBeGreaterThan(limitMicroUsd - worstMicroUsd)
        }
      }
    },
  )
})
