import { describe, expect, test } from 'vitest'
import { ImpromptError } from '../../../../packages/core/src/error.ts'
import type { RemoteTier } from '../../../../packages/core/src/ports.ts'
import { OutOfTime, type Reply } from '../../../../packages/core/src/store/remote/exchange.ts'
import { objectTier } from '../../../../packages/core/src/store/remote/object-tier.ts'

const ours = Buffer.from('ours')
const theirs = Buffer.from('their')

/** One step of what goes over the line, with what comes of it; a number is a status without a body. */
type Step = readonly [method: string, answer: number | Error | Uint8Array]

const reset = new Error('socket hang up')
const late = new OutOfTime('no more of its answer came for 20 s')

/** Plays the steps in their order, and fails where another one is taken. */
function played(steps: readonly Step[]): { readonly tier: RemoteTier; readonly left: Step[] } {
  const left = [...steps]
  const tier = objectTier(
    (object) => `s3://pictures/${object}`,
    async ({ method, headers }): Promise<Reply> => {
      const [expected, answer] = left.shift() ?? ['nothing', 500]
      expect(method + (headers['if-none-match'] ?? '')).toBe(expected)
      if (answer instanceof Error) throw answer
      return typeof answer === 'number'
        ? { status: answer, headers: new Headers(), bytes: new Uint8Array() }
        : { status: 200, headers: new Headers(), bytes: answer }
    },
  )
  return { tier, left }
}

const written = { kind: 'written' }
const taken = { kind: 'taken' }
const unknown = { kind: 'unknown' }

describe.concurrent('a reading', () => {
  test.for([
    [
      'is repeated where the server failed',
      [
        ['GET', 500],
        ['GET', 503],
        ['GET', ours],
      ],
      'hit',
    ],
    [
      'is repeated where the connection broke',
      [
        ['GET', reset],
        ['GET', 404],
      ],
      'absent',
    ],
    [
      'is repeated where it came too often',
      [
        ['GET', 429],
        ['GET', ours],
      ],
      'hit',
    ],
    [
      'is unknown after three failures',
      [
        ['GET', 500],
        ['GET', reset],
        ['GET', 503],
      ],
      'unknown',
    ],
    ['is not repeated after a time limit', [['GET', late]], 'unknown'],
    [
      'is not repeated where it cannot be sent',
      [['GET', new ImpromptError('CONFIG_INVALID', '')]],
      'unknown',
    ],
    ['is not repeated where it is refused', [['GET', 403]], 'unknown'],
    ['is not repeated where it is never done', [['GET', 501]], 'unknown'],
    ['is absent where it is gone', [['GET', 410]], 'absent'],
    ['is no hit with any other status', [['GET', 204]], 'unknown'],
  ] as const)('%s', async ([, steps, kind]) => {
    const { tier, left } = played(steps)
    expect((await tier.get('a', 10)).kind).toBe(kind)
    expect(left).toEqual([])
  })
})

describe.concurrent('whether there is an object', () => {
  test.for([
    ['is told by its head', [['HEAD', 200]], 'hit'],
    ['is absent by its head', [['HEAD', 404]], 'absent'],
    [
      'is read where no heads are told',
      [
        ['HEAD', 405],
        ['GET', ours],
      ],
      'hit',
    ],
    [
      'is read where no heads are known',
      [
        ['HEAD', 501],
        ['GET', 404],
      ],
      'absent',
    ],
    [
      'is unknown where it may not be read either',
      [
        ['HEAD', 403],
        ['GET', 403],
      ],
      'unknown',
    ],
    [
      'is not asked of a server that fails more often',
      [
        ['HEAD', 500],
        ['HEAD', 500],
        ['HEAD', 500],
      ],
      'unknown',
    ],
  ] as const)('%s', async ([, steps, kind]) => {
    const { tier, left } = played(steps)
    expect((await tier.has('a')).kind).toBe(kind)
    expect(left).toEqual([])
  })
})

describe.concurrent('a new object', () => {
  test.for([
    ['is written', [['PUT*', 201]], written],
    [
      'is taken where another one is there',
      [
        ['PUT*', 412],
        ['GET', theirs],
      ],
      taken,
    ],
    [
      'is taken where an equal one was there before',
      [
        ['PUT*', 412],
        ['GET', ours],
      ],
      taken,
    ],
    [
      'is taken where another one came at the same time',
      [
        ['PUT*', 409],
        ['GET', theirs],
      ],
      taken,
    ],
    [
      'is tried again where the other one came to nothing',
      [
        ['PUT*', 409],
        ['GET', 404],
        ['PUT*', 200],
      ],
      written,
    ],
    [
      'is written where its answer got lost',
      [
        ['PUT*', reset],
        ['GET', ours],
      ],
      written,
    ],
    [
      'is written where its answer came too late',
      [
        ['PUT*', late],
        ['GET', ours],
      ],
      written,
    ],
    [
      'is written where it failed by its own account only',
      [
        ['PUT*', 500],
        ['GET', ours],
      ],
      written,
    ],
    [
      'is taken where somebody else was there meanwhile',
      [
        ['PUT*', late],
        ['GET', theirs],
      ],
      taken,
    ],
    [
      'is tried again where it got lost itself',
      [
        ['PUT*', reset],
        ['GET', 404],
        ['PUT*', 200],
      ],
      written,
    ],
    [
      'is written where it landed after it was looked for',
      [
        ['PUT*', late],
        ['GET', 404],
        ['PUT*', 412],
        ['GET', ours],
      ],
      written,
    ],
    [
      'is taken where another one was faster the second time',
      [
        ['PUT*', late],
        ['GET', 404],
        ['PUT*', 412],
        ['GET', theirs],
      ],
      taken,
    ],
    [
      'is unknown where it gets lost twice',
      [
        ['PUT*', late],
        ['GET', 404],
        ['PUT*', late],
        ['GET', 404],
      ],
      unknown,
    ],
    [
      'is unknown where it cannot be looked for',
      [
        ['PUT*', late],
        ['GET', 403],
      ],
      unknown,
    ],
    [
      'is unknown where it is taken by nothing twice',
      [
        ['PUT*', 412],
        ['GET', 404],
        ['PUT*', 412],
        ['GET', 404],
      ],
      unknown,
    ],
    ['is unknown where it is refused', [['PUT*', 403]], unknown],
    ['is unknown where it is never taken', [['PUT*', 501]], unknown],
    ['is unknown where it is redirected', [['PUT*', 307]], unknown],
    [
      'is unknown where it could not be sent',
      [['PUT*', new ImpromptError('CONFIG_INVALID', '')]],
      unknown,
    ],
  ] as const)('%s', async ([, steps, answer]) => {
    const { tier, left } = played(steps)
    expect(await tier.create('a', ours)).toMatchObject(answer)
    expect(left).toEqual([])
  })

  test('is taken where what is there is longer', async () => {
    const longer: Reply = { status: 200, headers: new Headers(), bytes: undefined }
    const tier = objectTier(
      (object) => `s3://pictures/${object}`,
      async ({ method }) => (method === 'PUT' ? { ...longer, status: 412 } : longer),
    )
    expect(await tier.create('a', ours)).toEqual(taken)
  })
})

describe.concurrent('an object that is put', () => {
  test.for([
    ['is written', [['PUT', 204]], written],
    [
      'is written where its answer got lost',
      [
        ['PUT', reset],
        ['GET', ours],
      ],
      written,
    ],
    [
      'is put again over what was there',
      [
        ['PUT', late],
        ['GET', theirs],
        ['PUT', 200],
      ],
      written,
    ],
    [
      'is put again where nothing is there',
      [
        ['PUT', 503],
        ['GET', 404],
        ['PUT', 200],
      ],
      written,
    ],
    [
      'is unknown where it gets lost twice',
      [
        ['PUT', late],
        ['GET', 404],
        ['PUT', 500],
        ['GET', theirs],
      ],
      unknown,
    ],
    [
      'is unknown where it cannot be looked for',
      [
        ['PUT', late],
        ['GET', late],
      ],
      unknown,
    ],
    ['is unknown where it is refused', [['PUT', 412]], unknown],
    ['is unknown where its folder is not there', [['PUT', 409]], unknown],
  ] as const)('%s', async ([, steps, answer]) => {
    const { tier, left } = played(steps)
    expect(await tier.put('a', ours)).toMatchObject(answer)
    expect(left).toEqual([])
  })
})

test.for([
  ['Wed, 25 Nov 2026 00:00:07 GMT', 'Wed, 25 Nov 2026 00:00:00 GMT', { ageMs: 7000 }],
  ['Wed, 25 Nov 2026 00:00:00 GMT', 'Wed, 25 Nov 2026 00:00:01 GMT', { ageMs: -1000 }],
  ['', 'Wed, 25 Nov 2026 00:00:00 GMT', {}],
  ['Wed, 25 Nov 2026 00:00:00 GMT', 'yesterday', {}],
] as const)('an age is reckoned between %j and %j', async ([date, modified, age]) => {
  const headers = new Headers({ date, 'last-modified': modified })
  const tier = objectTier(
    (object) => `s3://pictures/${object}`,
    async () => ({ status: 200, headers, bytes: ours }),
  )
  expect(await tier.get('a', 10)).toEqual({ kind: 'hit', value: { bytes: ours, ...age } })
})
