import { beforeEach, describe, expect, test } from 'vitest'
import { readRequestHash } from '../../../../packages/core/src/key/key.ts'
import type { RequestHash } from '../../../../packages/core/src/ports.ts'
import { claimsOn } from '../../../../packages/core/src/store/claim/claims.ts'
import type { Holder } from '../../../../packages/core/src/store/claim/holder.ts'
import { remoteLadder } from '../../../../packages/core/src/store/claim/remote-ladder.ts'
import { type MemoryTier, memoryTier } from '../../../support/memory-tier.ts'
import { virtualClock } from '../../../support/virtual-clock.ts'

const request: RequestHash = (() => {
  const hash = readRequestHash('a'.repeat(64))
  if (hash === undefined) throw new Error('no hash')
  return hash
})()
const holder: Holder = {
  machine: 'f81d4fae-7dec-41d0-a765-00a0c91e6bf6 pid:[4026531836]',
  pid: 7,
  startedAt: '9',
}
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

describe('word that is left of a claim', () => {
  const word = { kind: 'unpushed', host: 'build-7', since: '2026-11-24T12:00:00.000Z' } as const

  test('stands where its holder leaves it, and as long as the next one holds it', async () => {
    const ladder = remoteLadder(tier)
    await ladder.climb(request, 1, holder)
    expect(await ladder.top(request)).not.toHaveProperty('word')
    await ladder.end(request, 1, word)
    expect(await ladder.top(request)).toMatchObject({ isOver: true, word })
    await ladder.climb(request, 2, { ...holder, word })
    expect(await remoteLadder(tier).top(request)).toMatchObject({ isOver: false, word })
    await ladder.end(request, 2)
    expect(await ladder.top(request)).not.toHaveProperty('word')
  })

  test('is found by whoever succeeds a machine that is gone', async () => {
    const clock = virtualClock()
    const first = await claimsOn(remoteLadder(tier), { ...holder, host: 'build-7' }, clock).claim(
      request,
      never,
    )
    await first.end('unpushed')
    expect(first.word).toBeUndefined()
    // It gives no sign of life after it claimed.
    const hung: MemoryTier = { ...tier, put: async () => ({ kind: 'unknown', cause: 'cut off' }) }
    await claimsOn(remoteLadder(hung), { ...holder, machine: 'gone' }, clock).claim(request, never)
    const waiting = claimsOn(remoteLadder(tier), holder, clock).claim(request, never)
    const third = await clock.until(waiting)
    expect(third.word).toEqual(word)
    await third.end('open')
    const fourth = await claimsOn(remoteLadder(tier), holder, clock).claim(request, never)
    expect(fourth.word).toEqual(word)
    await fourth.end('resolved')
    const fifth = await claimsOn(remoteLadder(tier), holder, clock).claim(request, never)
    expect(fifth.word).toBeUndefined()
    await fifth.end('open')
  })

  test('stands where a request went out and its holder never ends the claim', async () => {
    const clock = virtualClock()
    const claims = (from: MemoryTier, machine: string) =>
      claimsOn(remoteLadder(from), { ...holder, machine, host: machine }, clock)
    const hung: MemoryTier = {
      ...tier,
      put: (name, bytes) =>
        name.endsWith('.beat')
          ? Promise.resolve({ kind: 'unknown', cause: 'cut off' })
          : tier.put(name, bytes),
    }
    const first = await claims(hung, 'build-7').claim(request, never)
    expect(await first.begin()).toBe(true)
    const second = await clock.until(claims(tier, 'build-8').claim(request, never))
    expect(second.word).toEqual(asked)
    await second.end('open')
    const third = await claims(tier, 'build-9').claim(request, never)
    expect(third.word).toEqual(asked)
    expect(await third.begin()).toBe(true)
    await third.end('free')
    const fourth = await claims(tier, 'build-9').claim(request, never)
    expect(fourth.word).toBeUndefined()
    await fourth.end('open')
  })

  test('is left before anything is sent, or nothing may be', async () => {
    const claim = await claimsOn(remoteLadder(tier), holder, virtualClock()).claim(request, never)
    tier.faults.isMute = true
    await expect(claim.begin()).rejects.toThrow('403')
    await claim.end('open')
  })

  test.for([
    'over\n',
    '',
    '{"kind":"unpushed"}',
    '{"kind":"unpushed","since":"2026-11-24T12:00:00Z","host":"\u001b[2J"}',
  ])('is none where it says %j', async (text) => {
    const ladder = remoteLadder(tier)
    await ladder.climb(request, 1, holder)
    tier.objects.set(`claims/${request}.1.over`, Buffer.from(text))
    const top = await ladder.top(request)
    expect(top).toMatchObject({ isOver: true })
    expect(top).not.toHaveProperty('word')
  })
})

describe('a request that is reserved for a batch', () => {
  const claims = (host: string) =>
    claimsOn(remoteLadder(tier), { ...holder, machine: host, host }, virtualClock())
  const always = (): boolean => true

  test('is told to wait there, in one object', async () => {
    expect(await claims('build-7').reserve(request, always)).toBe('reserved')
    expect([...tier.objects.keys()]).toEqual([`claims/${request}.1`])
    const claim = await claims('build-8').claim(request, never)
    expect(claim.word).toEqual({
      kind: 'submitted',
      host: 'build-7',
      since: '2026-11-24T12:00:00.000Z',
    })
    await claim.end('free')
    const next = await claims('build-8').claim(request, never)
    expect(next.word).toBeUndefined()
    await next.end('open')
  })

  test('is none that another build holds', async () => {
    const claim = await claims('build-7').claim(request, never)
    expect(await claims('build-8').reserve(request, always)).toBe('held')
    await claim.end('open')
    expect(await claims('build-8').reserve(request, always)).toBe('reserved')
  })

  test('is none that word was left of, but where that does not bind', async () => {
    await claims('build-7').reserve(request, always)
    const answer = await claims('build-8').reserve(request, always)
    expect(answer).toMatchObject({ kind: 'submitted', host: 'build-7' })
    expect(await claims('build-8').reserve(request, () => false)).toBe('reserved')
    expect(await claims('build-9').reserve(request, always)).toMatchObject({ host: 'build-8' })
  })

  test('is reserved by one of many', async () => {
    const all = Array.from({ length: 20 }, (_none, at) => claims(`${at}`).reserve(request, always))
    const answers = await Promise.all(all)
    expect(answers.filter((answer) => answer === 'reserved')).toHaveLength(1)
  })

  test('is none where the tier does not answer', async () => {
    tier.faults.isMute = true
    await expect(claims('build-7').reserve(request, always)).rejects.toThrow('503')
  })
})
