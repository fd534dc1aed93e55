import { expect, test } from 'vitest'
import type { Provider, ReadyConnection } from '../../../packages/core/src/ports.ts'
import { fallback } from '../../../packages/core/src/provider/fallback/fallback.ts'
import { askRetirements } from '../../../packages/core/src/resolve/retirements.ts'
import { fakeProvider } from '../../support/fakes.ts'

const never = new AbortController().signal
const environment = { STUDIO_KEY: 'sk-very-secret' }

interface Told {
  readonly id: string
  readonly account?: string
  readonly retirements?: NonNullable<ReadyConnection['retirements']>
}

function provider({ id, account, retirements }: Told): Provider {
  return fakeProvider(unasked, {
    id,
    credentials: ['STUDIO_KEY'],
    connect: () => ({
      kind: 'ready',
      generate: unasked,
      ...(account !== undefined && { account }),
      ...(retirements && { retirements }),
    }),
  })
}

async function unasked(): Promise<never> {
  throw new Error('nobody buys')
}

const days = new Map([['fake-1', '2026-12-01']])

test('tells the days that each server names', async () => {
  const one = provider({ id: 'one', retirements: async () => days })
  const silent = provider({ id: 'silent' })
  const { dates, failures } = await askRetirements([one, silent], environment, never)
  expect(dates.get('one')).toEqual(days)
  expect(dates.get('silent')).toEqual(new Map())
  expect(failures).toEqual(new Map())
})

test('asks an account once for all of its providers', async () => {
  let asked = 0
  const retirements = async (): Promise<ReadonlyMap<string, string>> => {
    asked += 1
    return days
  }
  const alike = ['one', 'two'].map((id) => provider({ id, account: 'shared', retirements }))
  const other = provider({ id: 'three', retirements })
  const { dates } = await askRetirements([...alike, other], environment, never)
  expect(asked).toBe(2)
  expect([...dates.keys()]).toEqual(['one', 'two', 'three'])
})

test('tells why a server said nothing, and keeps what the others say', async () => {
  const deaf = provider({ id: 'deaf', retirements: () => Promise.reject(new Error('no route')) })
  const one = provider({ id: 'one', retirements: async () => days })
  const { dates, failures } = await askRetirements([deaf, one], environment, never)
  expect(dates.get('one')).toEqual(days)
  expect(failures.get('deaf')).toContain('no route')
})

test('names what a locked provider lacks', async () => {
  const locked = fakeProvider(unasked, {
    connect: () => ({ kind: 'locked', missing: 'STUDIO_KEY' }),
  })
  const { failures } = await askRetirements([locked], {}, never)
  expect(failures.get('fake')).toBe('it lacks `STUDIO_KEY`')
})

test('tells a connection that cannot be opened as a failure', async () => {
  const broken = fakeProvider(unasked, {
    connect: () => {
      throw new Error('no such address')
    },
  })
  const { failures } = await askRetirements([broken], environment, never)
  expect(failures.get('fake')).toContain('no such address')
})

test('hides the key that a server echoes', async () => {
  const echo = provider({
    id: 'echo',
    retirements: () => Promise.reject(new Error('bad key sk-very-secret\u001B[31m')),
  })
  const { failures } = await askRetirements([echo], environment, never)
  expect(failures.get('echo')).toBe('bad key …')
})

test('hands the signal on, so that nobody waits longer than the caller', async () => {
  const stop = new AbortController()
  const slow = provider({
    id: 'slow',
    retirements: (signal) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(new Error('given up')))
      }),
  })
  const answer = askRetirements([slow], environment, stop.signal)
  stop.abort()
  expect((await answer).failures.get('slow')).toBe('given up')
})

test.for(['before', 'while'])(
  'waits for no provider that leaves the signal alone %s it is asked',
  async (when) => {
    const stop = new AbortController()
    const reason = new Error('ten seconds are over')
    if (when === 'before') stop.abort(reason)
    const deaf = provider({ id: 'deaf', retirements: () => new Promise(() => {}) })
    const one = provider({ id: 'one', retirements: async () => days })
    const answer = askRetirements([deaf, one], environment, stop.signal)
    stop.abort(reason)
    expect((await answer).failures.get('deaf')).toBe('ten seconds are over')
    expect((await answer).dates.get('one')).toEqual(days)
  },
)

test('asks the first of providers that stand in for each other, as its models are told', async () => {
  const first = provider({ id: 'first', retirements: async () => days })
  const other = provider({ id: 'other', retirements: unasked })
  const { dates } = await askRetirements([fallback([first, other])], environment, never)
  expect(dates.get('first')).toEqual(days)
})
