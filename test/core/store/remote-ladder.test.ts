import { beforeEach, expect, test } from 'vitest'
import { readRequestHash } from '../../../packages/core/src/key/key.ts'
import type { RequestHash } from '../../../packages/core/src/ports.ts'
import { claimsOn } from '../../../packages/core/src/store/claim/claims.ts'
import {
  type Holder,
  isOneBoot,
  thisProcess,
} from '../../../packages/core/src/store/claim/holder.ts'
import { remoteLadder } from '../../../packages/core/src/store/claim/remote-ladder.ts'
import { type MemoryTier, memoryTier } from '../../support/memory-tier.ts'
import { testUnless } from '../../support/skip.ts'
import { virtualClock } from '../../support/virtual-clock.ts'

const request = hashOf('a')
const never = new AbortController().signal
const elsewhere: Holder = { machine: 'another', pid: 1, startedAt: '1' }
/** No process of this machine goes by this number. */
const dead: Holder = { ...thisProcess(), pid: 2 ** 22 + 1 }

let tier: MemoryTier
beforeEach(() => {
  tier = memoryTier()
})

function hashOf(digit: string): RequestHash {
  const hash = readRequestHash(digit.repeat(64))
  if (hash === undefined) throw new Error('no hash')
  return hash
}

testUnless(isOneBoot(thisProcess()) ? undefined : 'claims that tell one boot need Linux')(
  'a holder that is gone from the same boot is succeeded at once',
  async () => {
    const clock = virtualClock()
    await remoteLadder(tier).climb(request, 1, dead)
    const claim = await claimsOn(remoteLadder(tier), thisProcess(), clock).claim(request, never)
    expect(await claim.begin()).toBe(true)
    expect(clock.elapsed()).toBe(0)
  },
)

test('a machine that another one may share its name with is somebody, and never judged gone', async () => {
  await remoteLadder(tier).climb(request, 1, { machine: 'darwin laptop', pid: 1, startedAt: '' })
  const top = await remoteLadder(tier).top(request)
  expect(top?.holder).toEqual({ machine: '', pid: 1, startedAt: '' })
})

test.for([0, 1, 2, 3, 4, 5, 7, 8, 9, 63, 64, 65, 100])(
  'the latest of %i claims is found in a few looks',
  async (count) => {
    for (let generation = 1; generation <= count; generation += 1)
      await remoteLadder(tier).climb(request, generation, elsewhere)
    tier.calls.splice(0)
    const top = await remoteLadder(tier).top(request)
    expect(top?.generation ?? 0).toBe(count)
    expect(tier.calls.length).toBeLessThanOrEqual(3 + 2 * Math.ceil(Math.log2(count + 1)))
  },
)

test('a claim that others hold is ended by nobody else', async () => {
  const first = remoteLadder(tier)
  await first.climb(request, 1, elsewhere)
  await remoteLadder(tier).climb(request, 2, elsewhere)
  await first.top(request)
  await first.clear(request)
  expect(await remoteLadder(tier).top(request)).toMatchObject({ generation: 2, isOver: false })
})

test('a holder of a machine whose name others may bear has its whole lease', async () => {
  const clock = virtualClock()
  await remoteLadder(tier).climb(request, 1, { machine: 'darwin laptop', pid: 1, startedAt: '' })
  const claims = claimsOn(remoteLadder(tier), thisProcess(), clock)
  expect(await claims.isHeld(request)).toBe(true)
  await clock.until(claims.claim(request, never))
  expect(clock.elapsed()).toBeGreaterThan(20 * 60_000)
})
