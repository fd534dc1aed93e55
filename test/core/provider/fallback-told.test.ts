import { describe, expect, test } from 'vitest'

import type { Answer, Provider } from '../../../packages/core/src/ports.ts'
import { fallback } from '../../../packages/core/src/provider/fallback/fallback.ts'
import { ask, asked, refused, vendor } from '../../support/fallback-vendors.ts'

test('an answer of the first says nothing of who made it', async () => {
  const answer = await ask([vendor('one', 'image').provider, vendor('two', 'image').provider])
  expect(answer).not.toHaveProperty('making')
})

test.for([
  [[refused('run'), refused('image')], refused('image')],
  [[refused('run'), { kind: 'busy', message: 'later' }], { kind: 'busy', message: 'later' }],
  [[{ kind: 'busy', message: 'later' }, refused('run')], { kind: 'busy', message: 'later' }],
  [[refused('run'), refused('run')], refused('run')],
] as const satisfies readonly (readonly [readonly Answer[], Answer])[])(
  'where all fail with %j the answer is %j',
  async ([answers, last]) => {
    const entries = answers.map((one, index) => vendor(`v${index}`, one).provider)
    expect(await ask(entries)).toEqual(last)
  },
)

describe('the estimate', () => {
  const priced = (id: string, microUsd: number, worstMicroUsd: number): Provider =>
    vendor(id, 'image', {
      estimate: () => ({
        microUsd,
        worstMicroUsd,
        basis: 'exact',
        source: id,
        asOf: `2026-0${id}`,
      }),
    }).provider

  test('expects the first and fears the dearest', () => {
    expect(fallback([priced('2', 10, 20), priced('1', 5, 90)]).estimate(asked)).toEqual({
      microUsd: 10,
      worstMicroUsd: 90,
      basis: 'upper-bound',
      source: '2; or 1',
      asOf: '2026-01',
    })
  })

  test('is unknown where any of them is', () => {
    const unknown = vendor('three', 'image', { estimate: () => undefined }).provider
    expect(fallback([priced('1', 10, 20), unknown]).estimate(asked)).toBeUndefined()
    expect(fallback([unknown, priced('1', 10, 20)]).estimate(asked)).toBeUndefined()
  })
})

describe('connecting', () => {
  const locked = (id: string): Provider =>
    vendor(id, 'image', {
      credentials: [`${id}_KEY`],
      connect: () => ({ kind: 'locked', missing: `${id}_KEY` }),
    }).provider

  test('passes over whoever is locked', async () => {
    const two = vendor('two', 'image')
    expect(await ask([locked('A'), two.provider])).toMatchObject({ making: { provider: 'two' } })
    expect(two.billed).toHaveLength(1)
  })

  test('is locked where all are, by the first', () => {
    const provider = fallback([locked('A'), locked('B')])
    expect(provider.connect({})).toEqual({ kind: 'locked', missing: 'A_KEY' })
    expect(provider.credentials).toEqual(['A_KEY', 'B_KEY'])
  })
})

describe('the pace that is told', () => {
  const own = { remaining: 3, resetMs: 1000 }
  const other = { remaining: 7, resetMs: 9000 }
  const told = { kind: 'image', bytes: new Uint8Array(1), pace: other } as const

  test.for([
    ['of the first alone', { ...refused('run'), pace: own }, own],
    ['nobody’s where the first tells none', refused('run'), undefined],
  ] as const)('is %s', async ([, first, pace]) => {
    const answer = await ask([vendor('one', first).provider, vendor('two', told).provider])
    expect(answer).toMatchObject({ kind: 'image', making: { provider: 'two' } })
    expect(answer.pace).toEqual(pace)
  })

  test('is that of the first where all fail', async () => {
    const failed = { ...refused('run'), pace: own }
    const two = vendor('two', { kind: 'busy', message: 'later', pace: other }).provider
    const answer = await ask([vendor('one', failed).provider, two])
    expect(answer).toEqual({ kind: 'busy', message: 'later', pace: own })
  })

  test('is another one’s of the same account', async () => {
    const shared = (id: string, answer: Answer): Provider => {
      const { provider } = vendor(id, answer)
      const connection = provider.connect({})
      return { ...provider, connect: () => ({ ...connection, account: 'mine' }) }
    }
    const answer = await ask([shared('one', refused('run')), shared('two', told)])
    expect(answer.pace).toEqual(other)
  })
})
