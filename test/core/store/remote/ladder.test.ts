import { beforeEach, expect, test } from 'vitest'
import { claimsOn } from '../../../../packages/core/src/store/claim/claims.ts'
import { remoteLadder } from '../../../../packages/core/src/store/claim/remote-ladder.ts'
import { holder, request } from '../../../support/claimant.ts'
import { type MemoryTier, memoryTier } from '../../../support/memory-tier.ts'
import { virtualClock } from '../../../support/virtual-clock.ts'

const never = new AbortController().signal
const asked = { kind: 'unknown', host: 'build-7', since: '2026-11-24T12:00:00.000Z' } as const

let tier: MemoryTier
beforeEach(() => {
  tier = memoryTier()
})

test('gives a claim back by marking it, and deletes nothing', async () => {
  const ladder = remoteLadder(tier)
  expect(await ladder.climb(request, 1, holder)).toBe(true)
  await ladder.clear(request)
  expect(await remoteLadder(tier).top(request)).toMatchObject({ generation: 1, isOver: true })
  expect(await ladder.climb(request, 2, holder)).toBe(true)
  expect([...tier.objects.keys()]).toEqual([
    `claims/${request}.1`,
    `claims/${request}.1.over`,
    `claims/${request}.2`,
  ])
})

test('makes every method reject where the tier says nothing', async () => {
  const ladder = remoteLadder(tier)
  await ladder.climb(request, 1, holder)
  tier.faults.isMute = true
  await expect(ladder.top(request)).rejects.toThrow('503')
  await expect(remoteLadder(tier).top(request)).rejects.toThrow('503')
  await expect(ladder.climb(request, 2, holder)).rejects.toThrow('403')
  await expect(ladder.begin(request, 1, asked)).rejects.toThrow('403')
  await expect(ladder.beat(request, 1, 1)).rejects.toThrow('403')
  await expect(ladder.end(request, 1)).rejects.toThrow('403')
  await expect(ladder.clear(request)).rejects.toThrow('403')
})

test.for(['beat', 'asked', 'over'])(
  'says nothing of a claim whose .%s cannot be read',
  async (part) => {
    await remoteLadder(tier).climb(request, 1, holder)
    const partly = remoteLadder({
      ...tier,
      get: async (name, maxBytes) =>
        name.endsWith(part)
          ? { kind: 'unknown', path: name, cause: new Error('a time limit') }
          : tier.get(name, maxBytes),
    })
    await expect(partly.top(request)).rejects.toThrow('a time limit')
  },
)

test('takes a claim that is too long for none that is free', async () => {
  tier.objects.set(`claims/${request}.1`, Buffer.alloc(20_000))
  await expect(remoteLadder(tier).top(request)).rejects.toThrow('it is too long')
})

test('says nothing where a claim that it knew was deleted', async () => {
  const ladder = remoteLadder(tier)
  await ladder.climb(request, 1, holder)
  await ladder.climb(request, 2, holder)
  tier.objects.clear()
  await expect(ladder.top(request)).rejects.toThrow(`\`claims/${request}.2\` was deleted`)
})

test.for(['', '{', '{"pid":1}'])('takes a claim of %j for one of nobody known', async (text) => {
  tier.objects.set(`claims/${request}.1`, Buffer.from(text))
  const top = await remoteLadder(tier).top(request)
  expect(top).toMatchObject({ generation: 1, isOver: false })
  expect(top?.holder).toBeUndefined()
})

test.for([
  ['its last sign of life', { '': 60_000, '.beat': 4000 }, 4000],
  ['itself, where it gave none', { '': 60_000 }, 60_000],
  ['nothing, where the server does not say', {}, 0],
] as const)('reckons the age of a claim by %s', async ([, ages, ageMs]) => {
  const known: ReadonlyMap<string, number> = new Map(Object.entries(ages))
  await remoteLadder(tier).climb(request, 1, holder)
  if (known.has('.beat')) await remoteLadder(tier).beat(request, 1, 1)
  const dated = remoteLadder({
    ...tier,
    get: async (name, maxBytes) => {
      const found = await tier.get(name, maxBytes)
      const age = known.get(name.replace(`claims/${request}.1`, ''))
      if (found.kind !== 'hit') return found
      const { bytes } = found.value
      return { kind: 'hit', value: age === undefined ? { bytes } : { bytes, ageMs: age } }
    },
  })
  expect((await dated.top(request))?.ageMs).toBe(ageMs)
})

test('claims of many machines on one request go to one after the other', async () => {
  const clock = virtualClock()
  let holding = 0
  let most = 0
  const machine = async (): Promise<void> => {
    const claim = await claimsOn(remoteLadder(tier), holder, clock).claim(request, never)
    holding += 1
    most = Math.max(most, holding)
    expect(await claim.begin()).toBe(true)
    await clock.wait(5000, never)
    holding -= 1
    await claim.end('open')
  }
  await clock.until(Promise.all(Array.from({ length: 20 }, machine)))
  expect(most).toBe(1)
  expect(tier.objects.has(`claims/${request}.20.over`)).toBe(true)
})

test('a build stops waiting where the tier is lost', async () => {
  const clock = virtualClock()
  await remoteLadder(tier).climb(request, 1, { ...holder, machine: 'another' })
  const waiting = claimsOn(remoteLadder(tier), holder, clock).claim(request, never)
  const lose = async (): Promise<void> => {
    await clock.wait(60_000, never)
    tier.faults.isMute = true
  }
  const outcome = Promise.all([waiting, lose()])
  await expect(clock.until(outcome)).rejects.toThrow('503')
})

test('a holder does not take a claim for its own that it cannot read', async () => {
  const claim = await claimsOn(remoteLadder(tier), holder, virtualClock()).claim(request, never)
  expect(await claim.begin()).toBe(true)
  tier.faults.isMute = true
  expect(await claim.begin()).toBe(false)
  await claim.end('open')
})
