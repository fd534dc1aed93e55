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
  const state: { fault?: Error; faulty?: string } = {}
  const faulty = <Value>(name: string, found: Found<Value>): Found<Value> => {
    const isSound = state.fault === undefined || (state.faulty ?? name) !== name
    return isSound ? found : { kind: 'unknown', path: 'there', cause: state.fault }
  }
  const tier: RemoteTier = {
    ...memory,
    get: async (name, maxBytes) => faulty(name, await memory.get(name, maxBytes)),
    has: async (name) => faulty(name, await memory.has(name)),
  }
  const remote = restingRemote(memoryRemote(tier, { name: 's3://pictures' }), clock)
  return { state, memory, clock, tier: lateTier(remote, {}) }
}

test.for([
  ['lost connections', new Error('ECONNRESET'), 3],
  ['a server that fails', refusal(503), 3],
  ['refusals', refusal(403), 5],
  ['what the server never does', refusal(501), 5],
  ['a lack of credentials', new ImpromptError('CONFIG_INVALID', 'no key'), 5],
] as const)('of readings of five objects that meet %s %i are made', async ([, fault, made]) => {
  const { state, memory, tier } = resting()
  state.fault = fault
  for (const name of ['a', 'b', 'c', 'd', 'e'])
    expect(await tier.get(name, 10)).toMatchObject({ kind: 'unknown', cause: fault })
  expect(memory.calls).toHaveLength(made)
})

test('one object that hangs is left alone by itself', async () => {
  const { state, memory, tier, clock } = resting()
  state.fault = new Error('no more of its answer came for 20 s')
  state.faulty = 'a'
  const unknown = { kind: 'unknown', path: 'there', cause: state.fault }
  for (const name of ['b', 'c', 'd', 'e']) {
    expect(await tier.get('a', 10)).toEqual(unknown)
    expect(await tier.has('a')).toEqual(unknown)
    expect(await tier.has(name)).toEqual({ kind: 'absent' })
  }
  expect(memory.calls).toEqual(['get a', 'has b', 'has c', 'has d', 'has e'])
  await clock.until(clock.wait(60_000, never))
  expect(await tier.get('a', 10)).toEqual(unknown)
  expect(memory.calls).toHaveLength(6)
})

test('what hangs now and then does not speak of the whole', async () => {
  const { state, memory, tier } = resting()
  for (const name of ['a', 'b', 'c', 'd', 'e']) {
    state.fault = new Error('ECONNRESET')
    expect(await tier.get(name, 10)).toMatchObject({ kind: 'unknown' })
    delete state.fault
    expect(await tier.get(`${name}, too`, 10)).toEqual({ kind: 'absent' })
  }
  expect(memory.calls).toHaveLength(10)
})

test('of hundreds that are asked for at once, few wait for what does not answer', async () => {
  const { state, memory, tier } = resting()
  state.fault = new Error('no more of its answer came for 20 s')
  const found = await Promise.all(Array.from({ length: 500 }, (_none, at) => tier.has(String(at))))
  expect(found.filter(({ kind }) => kind === 'unknown')).toHaveLength(500)
  expect(memory.calls.length).toBeLessThanOrEqual(16)
})

/** Lets the tier fail to answer until it rests. */
async function silenced() {
  const world = resting()
  world.state.fault = new Error('ECONNRESET')
  for (const name of ['a', 'b', 'c']) await world.tier.has(name)
  world.memory.calls.length = 0
  return world
}

test('what rests is asked again after a minute, and taken at its word', async () => {
  const { state, clock, tier } = await silenced()
  delete state.fault
  await clock.until(clock.wait(59_999, never))
  expect(await tier.has('d')).toMatchObject({ kind: 'unknown', path: 's3://pictures' })
  await clock.until(clock.wait(1, never))
  expect(await tier.has('d')).toEqual({ kind: 'absent' })
  expect(await tier.get('e', 10)).toEqual({ kind: 'absent' })
})

test('what still does not answer after a minute rests after one more reading', async () => {
  const { memory, clock, tier } = await silenced()
  await clock.until(clock.wait(60_000, never))
  for (const name of ['d', 'e', 'f'])
    expect(await tier.has(name)).toMatchObject({ kind: 'unknown' })
  expect(memory.calls).toEqual(['has d'])
})

test('what was paid for is written all the same', async () => {
  const { memory, tier } = await silenced()
  expect(await tier.create('a', bytes)).toEqual({ kind: 'written' })
  expect(await tier.put('b', bytes)).toEqual({ kind: 'written' })
  expect([...memory.objects.keys()]).toEqual(['a', 'b'])
})
