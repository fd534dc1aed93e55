import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { readRequestHash } from '../../../packages/core/src/key/key.ts'
import type { RemoteTier, RequestHash } from '../../../packages/core/src/ports.ts'
import { claimsOn } from '../../../packages/core/src/store/claim/claims.ts'
import { type Holder, thisProcess } from '../../../packages/core/src/store/claim/holder.ts'
import { remoteLadder } from '../../../packages/core/src/store/claim/remote-ladder.ts'
import { capabilityOf } from '../../../packages/core/src/store/remote/capability.ts'
import { testUnless } from '../../support/skip.ts'
import { virtualClock } from '../../support/virtual-clock.ts'
import { type Running, candidates } from './tiers.ts'

const elsewhere: Holder = { machine: 'another', pid: 1, startedAt: '1' }

function aRequest(): RequestHash {
  const hash = readRequestHash(randomBytes(32).toString('hex'))
  if (hash === undefined) throw new Error('no hash')
  return hash
}

describe.for(candidates)('$name', ({ hindrance, isQuick, start }) => {
  const test = testUnless(hindrance)
  let running: Running
  beforeAll(async () => {
    if (hindrance === undefined) running = await start()
  })
  afterAll(() => {
    if (hindrance === undefined) running.stop()
  })

  test('tells what is absent', async () => {
    expect(await running.tier.get('originals/none.png', 100)).toEqual({ kind: 'absent' })
    expect(await running.tier.has('originals/none.png')).toEqual({ kind: 'absent' })
  })

  test.for([0, 1, 100_000, 5_000_000])('gives back %i bytes as they were', async (length) => {
    const name = `originals/${length}.png`
    const bytes = randomBytes(length)
    expect(await running.tier.create(name, bytes)).toEqual({ kind: 'written' })
    const found = await running.tier.get(name, length)
    expect(found.kind === 'hit' && Buffer.from(found.value.bytes).equals(bytes)).toBe(true)
    expect(await running.tier.has(name)).toEqual({ kind: 'hit', value: true })
  })

  test('reads no more than it is told to', async () => {
    await running.tier.put('originals/long.png', randomBytes(2_000_000))
    expect(await running.tier.get('originals/long.png', 1_999_999)).toMatchObject({
      kind: 'damaged',
    })
  })

  test('creates nothing over what is there, and puts over it', async () => {
    const [first, second] = [randomBytes(50), randomBytes(50)]
    await running.tier.create('entries/one.json', first)
    expect(await running.tier.create('entries/one.json', second)).toEqual({ kind: 'taken' })
    expect(await running.tier.create('entries/one.json', first)).toEqual({ kind: 'taken' })
    expect(await running.tier.get('entries/one.json', 50)).toMatchObject({
      value: { bytes: first },
    })
    expect(await running.tier.put('entries/one.json', second)).toEqual({ kind: 'written' })
    expect(await running.tier.get('entries/one.json', 50)).toMatchObject({
      value: { bytes: second },
    })
  })

  test('lets one of 24 who create a name at once have it', async () => {
    for (let round = 0; round < 5; round += 1) {
      const bodies = Array.from({ length: 24 }, () => randomBytes(20_000))
      const name = `originals/race-${round}.png`
      const all = await Promise.all(bodies.map((body) => running.tier.create(name, body)))
      const winners = bodies.filter((_body, at) => all[at]?.kind === 'written')
      expect(winners).toHaveLength(1)
      expect(all.filter(({ kind }) => kind === 'taken')).toHaveLength(23)
      expect(await running.tier.get(name, 20_000)).toMatchObject({ value: { bytes: winners[0] } })
    }
  })

  test('says how old an object is by its own clock', async () => {
    await running.tier.put('claims/age', Buffer.from('1'))
    const found = await running.tier.get('claims/age', 10)
    const ageMs = found.kind === 'hit' ? found.value.ageMs : undefined
    expect(ageMs).toBeGreaterThanOrEqual(-1000)
    expect(ageMs).toBeLessThan(10_000)
  })

  test('is found to coordinate', async () => {
    expect(await capabilityOf(running.tier)).toEqual({ kind: 'coordinates' })
    expect(await capabilityOf(running.tier)).toEqual({ kind: 'coordinates' })
  })

  test('is left alone where its pictures have a newer form', async () => {
    const format = await running.tier.get('format.json', 1000)
    await running.tier.put('format.json', Buffer.from('{"imprompt":2}'))
    expect(await capabilityOf(running.tier)).toMatchObject({ kind: 'newer' })
    if (format.kind === 'hit') await running.tier.put('format.json', format.value.bytes)
  })

  test('lets one of many machines claim a request', async () => {
    const request = aRequest()
    const ladders = Array.from({ length: 24 }, () => remoteLadder(running.tier))
    const climbs = ladders.map((ladder) => ladder.climb(request, 1, thisProcess()))
    expect((await Promise.all(climbs)).filter(Boolean)).toHaveLength(1)
    const [one] = ladders
    expect(await one?.top(request)).toMatchObject({ generation: 1, isOver: false, beat: '' })
    await one?.beat(request, 1, 7)
    expect(await one?.top(request)).toMatchObject({ beat: '7' })
    const word = { kind: 'unpushed', since: '2026-11-24T12:00:00Z' } as const
    await one?.end(request, 1, word)
    expect(await ladders[1]?.top(request)).toMatchObject({ generation: 1, isOver: true, word })
  })

  test('makes the next machine wait until a claim is given back', async () => {
    const request = aRequest()
    const clock = virtualClock()
    const { tier, isBusy } = watched(running.tier)
    const never = new AbortController().signal
    const first = await claimsOn(remoteLadder(tier), elsewhere, clock).claim(request, never)
    const order: string[] = []
    const waiting = claimsOn(remoteLadder(tier), thisProcess(), clock).claim(request, never)
    const second = waiting.then((claim) => {
      order.push('second claims')
      return claim
    })
    const endLater = async (): Promise<void> => {
      await clock.wait(60_000, never)
      order.push((await first.begin()) ? 'first ends' : 'first lost it')
      await first.end('resolved')
    }
    await clock.until(Promise.all([second, endLater()]), isBusy)
    expect(order).toEqual(['first ends', 'second claims'])
    expect(await first.begin()).toBe(false)
    const claim = await second
    expect(await claim.begin()).toBe(true)
    await claim.end('resolved')
  })

  // Twenty minutes are six hundred looks.
  if (isQuick)
    test('lets a machine succeed one that gave no sign of life for 20 minutes', async () => {
      const request = aRequest()
      const clock = virtualClock()
      const { tier, isBusy } = watched(running.tier)
      const never = new AbortController().signal
      await remoteLadder(tier).climb(request, 1, elsewhere)
      const waiting = claimsOn(remoteLadder(tier), thisProcess(), clock).claim(request, never)
      const claim = await clock.until(waiting, isBusy)
      expect(clock.elapsed()).toBeGreaterThan(20 * 60_000)
      expect(await claim.begin()).toBe(true)
      await claim.end('resolved')
    })
})

/** A tier, and whether something is asked of it at this moment. */
function watched(tier: RemoteTier): { readonly tier: RemoteTier; readonly isBusy: () => boolean } {
  let open = 0
  const during = async <Value>(call: Promise<Value>): Promise<Value> => {
    open += 1
    try {
      return await call
    } finally {
      open -= 1
    }
  }
  return {
    isBusy: () => open > 0,
    tier: {
      get: (name, maxBytes) => during(tier.get(name, maxBytes)),
      has: (name) => during(tier.has(name)),
      create: (name, bytes) => during(tier.create(name, bytes)),
      put: (name, bytes) => during(tier.put(name, bytes)),
    },
  }
}
