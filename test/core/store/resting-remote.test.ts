import { expect, test } from 'vitest'
import type { Found, RemoteTier } from '../../../packages/core/src/ports.ts'
import { ImpromptError } from '../../../packages/core/src/error.ts'
import { Refusal } from '../../../packages/core/src/store/remote/refusal.ts'
import { lateTier } from '../../../packages/core/src/store/tiers/late-tier.ts'
import { restingRemote } from '../../../packages/core/src/store/tiers/resting-remote.ts'
import { memoryRemote, memoryTier } from '../../support/memory-tier.ts'
import { virtualClock } from '../../support/virtual-clock.ts'

const never = new AbortController().signal
const bytes = Buffer.from('a picture')
const refusal = (status: number): Refusal =>
  new Refusal({ status, headers: new Headers(), bytes: undefined })

function resting() {
  const memory = memoryTier()
  const clock = virtualClock()
  const state: { fault?: Error } = {}
  const faulty = <Value>(found: Found<Value>): Found<Value> =>
    state.fault === undefined ? found : { kind: 'unknown', path: 'there', cause: state.fault }
  const tier: RemoteTier = {
    ...memory,
    get: async (name, maxBytes) => faulty(await memory.get(name, maxBytes)),
    has: async (name) => faulty(await memory.has(name)),
  }
  const remote = restingRemote(memoryRemote(tier, { name: 's3://pictures' }), clock)
  return { state, memory, clock, tier: lateTier(remote, {}) }
}

test.for([
  ['a lost connection', new Error('ECONNRESET'), 1],
  ['a server that fails', refusal(503), 1],
  ['a refusal', refusal(403), 3],
  ['what the server never does', refusal(501), 3],
  ['a lack of credentials', new ImpromptError('CONFIG_INVALID', 'no key'), 3],
] as const)('of three readings after %s so many are made', async ([, fault, made]) => {
  const { state, memory, tier } = resting()
  state.fault = fault
  for (const name of ['a', 'b', 'c'])
    expect(await tier.get(name, 10)).toMatchObject({ kind: 'unknown', cause: fault })
  expect(memory.calls).toHaveLength(made)
})

test('of hundreds that are asked for at once, few wait for what does not answer', async () => {
  const { state, memory, tier } = resting()
  state.fault = new Error('no more of its answer came for 20 s')
  const found = await Promise.all(Array.from({ length: 500 }, (_none, at) => tier.has(String(at))))
  expect(found.filter(({ kind }) => kind === 'unknown')).toHaveLength(500)
  expect(memory.calls.length).toBeLessThanOrEqual(16)
})

test('what rests is asked again after a minute, and taken at its word', async () => {
  const { state, clock, tier } = resting()
  state.fault = new Error('ECONNRESET')
  await tier.has('a')
  delete state.fault
  await clock.until(clock.wait(59_999, never))
  expect(await tier.has('a')).toMatchObject({ kind: 'unknown' })
  await clock.until(clock.wait(1, never))
  expect(await tier.has('a')).toEqual({ kind: 'absent' })
  expect(await tier.get('a', 10)).toEqual({ kind: 'absent' })
})

test('what was paid for is written all the same', async () => {
  const { state, memory, tier } = resting()
  state.fault = new Error('ECONNRESET')
  await tier.has('a')
  expect(await tier.create('a', bytes)).toEqual({ kind: 'written' })
  expect(await tier.put('b', bytes)).toEqual({ kind: 'written' })
  expect([...memory.objects.keys()]).toEqual(['a', 'b'])
})
