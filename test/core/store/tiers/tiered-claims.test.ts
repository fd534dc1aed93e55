import { beforeEach, expect, test } from 'vitest'
import { readRequestHash } from '../../../../packages/core/src/key/key.ts'
import type { Claims, RequestHash } from '../../../../packages/core/src/ports.ts'
import { tieredClaims } from '../../../../packages/core/src/store/tiers/tiered-claims.ts'

const request: RequestHash = (() => {
  const hash = readRequestHash('a'.repeat(64))
  if (hash === undefined) throw new Error('no hash')
  return hash
})()
const never = new AbortController().signal

let log: string[]
beforeEach(() => {
  log = []
})

/** Claims that write down what becomes of them. */
function logged(name: string, isOurs = true): Claims {
  return {
    isHeld: async () => name === 'here',
    reserve: async () => {
      log.push(`${name} reserved`)
      return 'reserved'
    },
    claim: async () => {
      log.push(`${name} claimed`)
      return {
        begin: async () => isOurs,
        end: async (end) => {
          log.push(`${name} ended ${end}`)
        },
      }
    },
  }
}

test('are claimed here first, and given back here last', async () => {
  const claims = tieredClaims(logged('here'), async () => logged('there'))
  const claim = await claims.claim(request, never)
  expect(await claim.begin()).toBe(true)
  await claim.end('resolved')
  expect(log).toEqual([
    'here claimed',
    'there claimed',
    'there ended resolved',
    'here ended resolved',
  ])
})

test.for([
  [false, true],
  [true, false],
])('are ours only where they are so here and there (%j)', async ([here, there]) => {
  const claims = tieredClaims(logged('here', here), async () => logged('there', there))
  expect(await (await claims.claim(request, never)).begin()).toBe(false)
})

test('are claimed here alone where no tier coordinates', async () => {
  const claim = await tieredClaims(logged('here'), async () => undefined).claim(request, never)
  await claim.end('open')
  expect(log).toEqual(['here claimed', 'here ended open'])
})

test.for([
  [
    'cannot be claimed',
    async () => ({ ...logged('there'), claim: () => Promise.reject(new Error('503')) }),
  ],
  ['cannot be asked', () => Promise.reject(new Error('503'))],
] as const)('are given back here where a tier %s', async ([, across]) => {
  const claims = tieredClaims(logged('here'), across)
  await expect(claims.claim(request, never)).rejects.toThrow('503')
  expect(log).toEqual(['here claimed', 'here ended open'])
})

test.for([
  ['here', true],
  ['elsewhere', false],
] as const)(
  'are told to be held by what is on this disk (%s), without asking a tier',
  async (one) => {
    const [name, isHeld] = one
    const across = (): Promise<Claims> => Promise.reject(new Error('it was asked'))
    expect(await tieredClaims(logged(name), across).isHeld(request)).toBe(isHeld)
  },
)

test('tell who is waited for, here and there', async () => {
  const since = new Date('2026-11-24T12:00:00Z')
  const held = (host: string): Claims => ({
    ...logged(host),
    claim: async (name, signal, waits) => {
      waits?.({ host, pid: 1, since })
      return logged(host).claim(name, signal)
    },
  })
  const told: (string | undefined)[] = []
  const claims = tieredClaims(held('here'), async () => held('there'))
  await claims.claim(request, never, ({ host }) => told.push(host))
  expect(told).toEqual(['here', 'there'])
})

test('tell what another machine left word of, and leave word there alone', async () => {
  const word = { kind: 'unpushed', host: 'build-7', since: '2026-11-24T12:00:00Z' } as const
  const there: Claims = {
    ...logged('there'),
    claim: async (...asked) => ({ ...(await logged('there').claim(...asked)), word }),
  }
  const claim = await tieredClaims(logged('here'), async () => there).claim(request, never)
  expect(claim.word).toEqual(word)
  log = []
  await claim.end('unpushed')
  expect(log).toEqual(['there ended unpushed', 'here ended resolved'])
})

test.for([
  ['elsewhere', 'reserved', ['there reserved']],
  ['here', 'held', []],
] as const)(
  'are reserved for a batch where other machines look, unless a build here holds them (%s)',
  async ([name, answer, done]) => {
    const claims = tieredClaims(logged(name), async () => logged('there'))
    expect(await claims.reserve(request, () => true)).toBe(answer)
    expect(log).toEqual(done)
  },
)

test('are reserved for a batch by nothing where no tier coordinates', async () => {
  const claims = tieredClaims(logged('elsewhere'), async () => undefined)
  expect(await claims.reserve(request, () => true)).toBe('reserved')
  expect(log).toEqual([])
})
