import { beforeEach, describe, expect, test } from 'vitest'
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
