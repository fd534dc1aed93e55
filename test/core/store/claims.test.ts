import { describe, expect, test } from 'vitest'
import { readRequestHash } from '../../../packages/core/src/key/key.ts'
import type { Occupant, RequestHash } from '../../../packages/core/src/ports.ts'
import { claimsOn } from '../../../packages/core/src/store/claim/claims.ts'
import { type Holder, thisProcess } from '../../../packages/core/src/store/claim/holder.ts'
import type { Ladder } from '../../../packages/core/src/store/claim/ladder.ts'
import { type VirtualClock, virtualClock } from '../../support/virtual-clock.ts'

const request = hashOf('a')
const { signal } = new AbortController()
const minute = 60_000

function hashOf(digit: string): RequestHash {
  const hash = readRequestHash(digit.repeat(64))
  if (hash === undefined) throw new Error('no hash')
  return hash
}

interface Step {
  readonly holder: Holder
  readonly since: number
  beat: string
  at: number
  isOver: boolean
}

/** A ladder in memory, whose stamps are those of a clock that a test may set. */
function memoryLadder(clock: VirtualClock): Ladder & { offsetMs: number; isMute: boolean } {
  let steps: Step[] = []
  const ladder = { offsetMs: 0, isMute: false, pollMs: 500, beatMs: 5000 }
  const now = (): number => clock.elapsed() + ladder.offsetMs
  return Object.assign(ladder, {
    top: async () => {
      const step = steps.at(-1)
      if (step === undefined) return undefined
      const { holder, beat, isOver, at, since } = step
      const ages = { ageMs: now() - at, claimedMs: now() - since }
      return { generation: steps.length, holder, beat, isOver, ...ages }
    },
    climb: async (_request: RequestHash, generation: number, holder: Holder) => {
      if (steps.length >= generation) return false
      steps.push({ holder, beat: '', at: now(), since: now(), isOver: false })
      return true
    },
    begin: async () => undefined,
    beat: async (_request: RequestHash, generation: number, count: number) => {
      const step = steps[generation - 1]
      if (step === undefined || ladder.isMute) throw new Error('EIO')
      step.beat = String(count)
      step.at = now()
    },
    end: async (_request: RequestHash, generation: number) => {
      const step = steps[generation - 1]
      if (step !== undefined) step.isOver = true
    },
    clear: async () => {
      steps = []
    },
  })
}

const elsewhere: Holder = { machine: 'another', pid: 1, startedAt: '1' }
const dead: Holder = { ...thisProcess(), pid: 2 ** 22 + 1 }
const reused: Holder = { ...thisProcess(), startedAt: 'long ago' }

function world() {
  const clock = virtualClock()
  const ladder = memoryLadder(clock)
  return { clock, ladder, claims: claimsOn(ladder, thisProcess(), clock) }
}

describe('a claim', () => {
  test('is held by one at a time, and then by each of those who wait', async () => {
    const { clock, claims } = world()
    let holders = 0
    const most: number[] = []
    const hold = async (): Promise<void> => {
      const claim = await claims.claim(request, signal)
      holders += 1
      most.push(holders)
      await clock.wait(2000, signal)
      holders -= 1
      await claim.end('open')
    }
    await clock.until(Promise.all(Array.from({ length: 8 }, hold)))
    expect(most).toEqual(Array.from({ length: 8 }, () => 1))
  })

  test.for([
    ['gone', dead],
    ['gone, and its number another one has', reused],
  ] as const)('is taken over at once from a process that is %s', async ([, holder]) => {
    const { clock, ladder, claims } = world()
    await ladder.climb(request, 1, holder)
    expect(await claims.isHeld(request)).toBe(false)
    const claim = await clock.until(claims.claim(request, signal))
    expect(clock.elapsed()).toBe(0)
    expect(await claim.begin()).toBe(true)
  })

  test('is taken over from another machine once that gave no sign for 20 minutes', async () => {
    const { clock, ladder, claims } = world()
    await ladder.climb(request, 1, elsewhere)
    expect(await claims.isHeld(request)).toBe(true)
    await clock.until(claims.claim(request, signal))
    expect(clock.elapsed()).toBeGreaterThan(20 * minute)
    expect(clock.elapsed()).toBeLessThan(21 * minute)
  })

  test('that is old when it is first seen is taken over after a short look', async () => {
    const { clock, ladder, claims } = world()
    await ladder.climb(request, 1, elsewhere)
    ladder.offsetMs = 24 * 60 * minute
    expect(await claims.isHeld(request)).toBe(false)
    await clock.until(claims.claim(request, signal))
    expect(clock.elapsed()).toBeGreaterThan(15_000)
    expect(clock.elapsed()).toBeLessThan(minute)
  })

  test('that names nobody is taken over after a short look', async () => {
    const { clock, ladder } = world()
    await ladder.climb(request, 1, elsewhere)
    const top = async (name: RequestHash | 'batches') => {
      const rung = await ladder.top(name)
      return rung?.generation === 1 ? { ...rung, holder: undefined } : rung
    }
    const claims = claimsOn({ ...ladder, top }, thisProcess(), clock)
    expect(await claims.isHeld(request)).toBe(false)
    const claim = await clock.until(claims.claim(request, signal))
    expect(clock.elapsed()).toBeGreaterThan(15_000)
    expect(clock.elapsed()).toBeLessThan(minute)
    expect(await claim.begin()).toBe(true)
  })

  test.for([[24 * 60 * minute], [-24 * 60 * minute]] as const)(
    'of a live holder is not taken over when the clock leaps by %i ms',
    async ([leapMs]) => {
      const { clock, ladder, claims } = world()
      const other = claimsOn(ladder, elsewhere, clock)
      const first = await other.claim(request, signal)
      let isTaken = false
      const second = claims.claim(request, signal).then((claim) => {
        isTaken = true
        return claim
      })
      await clock.until(clock.wait(minute, signal))
      ladder.offsetMs = leapMs
      await clock.until(clock.wait(60 * minute, signal))
      expect(isTaken).toBe(false)
      expect(await first.begin()).toBe(true)
      await first.end('open')
      await clock.until(second)
    },
  )

  test('is lost by a holder that gave no sign, before another one can have it', async () => {
    const { clock, ladder, claims } = world()
    const hung = await claimsOn(ladder, elsewhere, clock).claim(request, signal)
    ladder.isMute = true
    await clock.until(clock.wait(11 * minute, signal))
    expect(await hung.begin()).toBe(false)
    await clock.until(claims.claim(request, signal))
    expect(clock.elapsed()).toBeGreaterThan(20 * minute)
  })

  test('is not ours once another one took it over', async () => {
    const { ladder, claims } = world()
    const claim = await claims.claim(request, signal)
    await ladder.climb(request, 2, elsewhere)
    expect(await claim.begin()).toBe(false)
  })

  test('leaves nothing where the picture is there', async () => {
    const { ladder, claims } = world()
    const claim = await claims.claim(request, signal)
    await claim.end('resolved')
    expect(await ladder.top(request)).toBeUndefined()
  })

  test('says who holds it, and since when, for as long as it is waited for', async () => {
    const { clock, ladder, claims } = world()
    const holder = { ...elsewhere, host: 'build-7', pid: 4711 }
    const first = await claimsOn(ladder, holder, clock).claim(request, signal)
    await clock.until(clock.wait(minute, signal))
    const told: Occupant[] = []
    const second = claims.claim(request, signal, (occupant) => told.push(occupant))
    await clock.until(clock.wait(10_000, signal))
    await first.end('open')
    await clock.until(second)
    expect(told.length).toBeGreaterThan(1)
    expect(told[0]).toMatchObject({ host: 'build-7', pid: 4711 })
    const startMs = Date.parse('2026-11-24T12:00:00Z')
    // A date holds whole milliseconds.
    for (const { since } of told) expect(Math.abs(since.getTime() - startMs)).toBeLessThan(2)
  })

  test('that is free is waited for by nobody', async () => {
    const { claims } = world()
    const told: Occupant[] = []
    await claims.claim(request, signal, (occupant) => told.push(occupant))
    expect(told).toEqual([])
  })

  test('is waited for no longer than its waiter wants', async () => {
    const { clock, claims } = world()
    await claims.claim(request, signal)
    const stop = new AbortController()
    const waiting = claims.claim(request, stop.signal)
    await clock.until(clock.wait(5000, signal))
    stop.abort(new Error('stopped'))
    await expect(waiting).rejects.toThrow('stopped')
  })
})
