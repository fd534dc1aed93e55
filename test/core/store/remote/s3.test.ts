import { randomBytes } from 'node:crypto'
import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Found, RemoteTier } from '../../../../packages/core/src/ports.ts'
import type { S3Credentials } from '../../../../packages/core/src/store/remote/s3-credentials.ts'
import { baseOf } from '../../../../packages/core/src/store/remote/s3-address.ts'
import { type S3Options, s3 } from '../../../../packages/core/src/store/remote/s3.ts'
import {
  type S3Double,
  accessKeyId,
  refusal,
  secretAccessKey,
  startS3,
} from '../../../support/s3-double.ts'

const environment = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey }
const patience = { wholeMs: 2000, partMs: 500 }
const bytes = randomBytes(5000)

let double: S3Double
beforeEach(async () => {
  double = await startS3()
})
afterEach(() => double[Symbol.asyncDispose]())

function tierWith(options: Partial<S3Options> = {}): RemoteTier {
  return s3({ bucket: 'pictures', endpoint: double.url, patience, ...options }).connect(environment)
}

/** What an answer says that says nothing. */
function reasonIn(found: Found<unknown>): string {
  if (found.kind !== 'unknown') throw new Error(`it is ${found.kind}`)
  return found.cause instanceof Error ? found.cause.message : String(found.cause)
}

describe('objects', () => {
  test.for(['', 'blog', '/blog/pictures/', "a b/ü+#?%&=!'()*~/$@:;,[]"])(
    'below the prefix %j are signed as the server reckons, and stand there',
    async (prefix) => {
      const tier = tierWith({ prefix })
      expect(await tier.get('originals/a.png', 9000)).toEqual({ kind: 'absent' })
      expect(await tier.create('originals/a.png', bytes)).toEqual({ kind: 'written' })
      expect(await tier.create('originals/a.png', randomBytes(9))).toEqual({ kind: 'taken' })
      const folder = prefix.replaceAll(/^\/|\/$/g, '')
      expect([...double.objects]).toEqual([
        [`${folder}${folder === '' ? '' : '/'}originals/a.png`, bytes],
      ])
      expect(await tier.get('originals/a.png', 9000)).toMatchObject({
        value: { bytes, ageMs: 5000 },
      })
      expect(await tier.has('originals/a.png')).toEqual({ kind: 'hit', value: true })
    },
  )

  test('are unknown, not absent, where their bucket is not there', async () => {
    const tier = tierWith({ bucket: 'picture' })
    expect(reasonIn(await tier.get('entries/a.json', 10))).toBe(
      'it answered 404 `NoSuchBucket`; make the bucket, or mend its name',
    )
    expect(await tier.create('entries/a.json', bytes)).toMatchObject({ kind: 'unknown' })
  })
})

describe('a clock that is 20 minutes off', () => {
  test.for([1, -1])('is found out once by the clock of the server (%i)', async (sign) => {
    double.aheadMs = sign * 20 * 60_000
    const tier = tierWith()
    expect(await tier.create('claims/a.1', bytes)).toEqual({ kind: 'written' })
    expect(double.requests).toHaveLength(2)
    expect(await tier.get('claims/a.1', 5000)).toMatchObject({ value: { bytes, ageMs: 5000 } })
    expect(double.requests).toHaveLength(3)
  })

  test('does not keep it from being told whether there is an object', async () => {
    double.aheadMs = 20 * 60_000
    expect(await tierWith().has('originals/a.png')).toEqual({ kind: 'absent' })
  })

  test('is told where the server does not say its time', async () => {
    double.aheadMs = 20 * 60_000
    double.twist = (_arrived, honest) => ({ ...honest(), headers: { date: '' } })
    expect(reasonIn(await tierWith().get('a', 10))).toBe(
      'it answered 403 `RequestTimeTooSkewed`; the clock of this machine is wrong',
    )
  })
})

describe('credentials', () => {
  /** Gives other credentials each time, which the server knows. */
  function turning(): { readonly given: S3Credentials[]; next(): Promise<S3Credentials> } {
    const given: S3Credentials[] = []
    return {
      given,
      next: async () => {
        const token = `token/${given.length}+=`
        const credentials = {
          accessKeyId: `KEY${given.length}`,
          secretAccessKey: `secret/${given.length}`,
          sessionToken: token,
        }
        given.push(credentials)
        double.keys.set(credentials.accessKeyId, { secret: credentials.secretAccessKey, token })
        return credentials
      },
    }
  }

  test('are asked for once, however many objects are asked for', async () => {
    const { given, next } = turning()
    const tier = tierWith({ credentials: next })
    await Promise.all(Array.from({ length: 10 }, () => tier.get('a', 10)))
    expect(given).toHaveLength(1)
  })

  test('are asked for once more where they have expired, and the request is repeated', async () => {
    const { given, next } = turning()
    const tier = tierWith({ credentials: next })
    await tier.put('a', bytes)
    double.keys.set('KEY0', { secret: 'secret/0', isExpired: true })
    const all = await Promise.all(Array.from({ length: 10 }, () => tier.get('a', 5000)))
    expect(all.map(({ kind }) => kind)).toEqual(Array.from({ length: 10 }, () => 'hit'))
    expect(given).toHaveLength(2)
    double.keys.delete('KEY1')
    expect(await tier.has('a')).toEqual({ kind: 'hit', value: true })
    expect(await tier.create('a', bytes)).toEqual({ kind: 'taken' })
    expect(given).toHaveLength(3)
  })

  test('that say when they end are asked for again before that', async () => {
    const { given, next } = turning()
    const soon = async (): Promise<S3Credentials> => ({
      ...(await next()),
      expiration: new Date(Date.now() + (given.length === 1 ? 30_000 : 3_600_000)),
    })
    const tier = tierWith({ credentials: soon })
    for (let count = 0; count < 3; count += 1) await tier.get('a', 10)
    expect(given).toHaveLength(2)
  })

  test('of the environment that have expired are told, and not sent again', async () => {
    double.keys.set(accessKeyId, { secret: secretAccessKey, isExpired: true })
    expect(reasonIn(await tierWith().get('a', 10))).toBe(
      'it answered 400 `ExpiredToken`; its credentials have expired: get new ones',
    )
    expect(double.requests).toHaveLength(1)
  })

  test('that could not be got are asked for again by the next request', async () => {
    const { next } = turning()
    let calls = 0
    const tier = tierWith({
      credentials: async () => {
        calls += 1
        if (calls <= 3) throw new Error('the metadata service is away')
        return next()
      },
    })
    expect(reasonIn(await tier.get('a', 10))).toBe('the metadata service is away')
    expect(await tier.get('a', 10)).toEqual({ kind: 'absent' })
  })

  test('are not waited for without end', async () => {
    const never = tierWith({
      credentials: () => new Promise(() => undefined),
      patience: { wholeMs: 50, partMs: 50 },
    })
    const late = '`credentials` of its configuration gave nothing for 0.05 s'
    expect(reasonIn(await never.get('a', 10))).toBe(late)
    expect(await never.put('a', bytes)).toMatchObject({ kind: 'unknown', cause: { message: late } })
  })

  test.for([{}, { AWS_ACCESS_KEY_ID: 'a' }, { ...environment, AWS_ACCESS_KEY_ID: '' }])(
    'that the environment lacks are named (%j)',
    (lacking) => {
      expect(() => s3({ bucket: 'pictures', prefix: 'blog' }).connect(lacking)).toThrow(
        '`s3://pictures/blog` needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or `credentials`',
      )
    },
  )

  test.for([
    ['accessKeyId', { accessKeyId: 'KEY\n' }],
    ['secretAccessKey', { secretAccessKey: 'hidden secret' }],
    ['secretAccessKey', { secretAccessKey: '' }],
    ['sessionToken', { sessionToken: 'hidden\ntoken' }],
  ] as const)('whose %s cannot be one are told without being shown (%j)', async ([part, odd]) => {
    const tier = tierWith({
      credentials: async () => ({ accessKeyId: 'KEY', secretAccessKey: 'secret', ...odd }),
    })
    const reason = reasonIn(await tier.get('a', 10))
    expect(reason).toContain(`no usable \`${part}\``)
    expect(reason).not.toMatch(/hidden|KEY/)
    expect(double.requests).toEqual([])
  })
})

describe('a refusal', () => {
  test.for([
    [403, 'AccessDenied', /`AccessDenied`; .*`s3:ListBucket`/],
    [403, 'UserSuspended', /credentials were withdrawn/],
    [403, 'SignatureDoesNotMatch', /the secret access key is wrong/],
    [403, 'QuotaExceeded', /its quota is used up/],
    [401, 'Unauthorized', /credentials are missing or wrong/],
    [405, 'MethodNotAllowed', /no such requests/],
  ] as const)('with %i %s is unknown, and says what to do', async ([status, code, reason]) => {
    double.twist = () => refusal(status, code)
    const tier = tierWith()
    for (const found of [await tier.get('a', 1), await tier.has('a')])
      expect(reasonIn(found)).toMatch(reason)
    for (const written of [await tier.create('a', bytes), await tier.put('a', bytes)])
      expect(written).toMatchObject({
        kind: 'unknown',
        cause: { message: expect.stringMatching(reason) },
      })
    expect(double.requests).toHaveLength(5)
  })

  test.for([
    [
      'a header',
      { ...refusal(301, 'PermanentRedirect'), headers: { 'x-amz-bucket-region': 'eu-west-1' } },
    ],
    ['its text', refusal(400, 'AuthorizationHeaderMalformed', '<Region>eu-west-1</Region>')],
  ] as const)('for a wrong region names the right one by %s', async ([, answer]) => {
    double.twist = () => answer
    expect(reasonIn(await tierWith().get('a', 1))).toContain(
      'the bucket is in the region `eu-west-1`, which `region` must say',
    )
  })

  test('shows nothing that is no region', async () => {
    double.twist = () => ({ status: 301, headers: { 'x-amz-bucket-region': secretAccessKey } })
    expect(reasonIn(await tierWith().get('a', 1))).not.toContain(secretAccessKey)
  })

  test('that repeats what opens the bucket does not show it', async () => {
    const token = 'TOKENTOKENTOKEN'
    double.twist = ({ headers }) =>
      refusal(403, 'AccessDenied', `<Sent>${JSON.stringify(headers)}${secretAccessKey}</Sent>`)
    const tier = tierWith({
      credentials: async () => ({ accessKeyId, secretAccessKey, sessionToken: token }),
    })
    const all = [await tier.get('a', 1), await tier.has('a'), await tier.put('a', bytes)]
    const shown = all
      .map((one) => (one.kind === 'unknown' ? inspect(one.cause, { depth: 9 }) : ''))
      .join('\n')
    expect(shown).toContain('AccessDenied')
    for (const secret of [token, secretAccessKey, accessKeyId]) expect(shown).not.toContain(secret)
  })
})

test.for([
  [{}, 's3://pictures'],
  [{ prefix: '/blog/pictures/' }, 's3://pictures/blog/pictures'],
  [{ endpoint: 'https://s3.example.com//' }, 'https://s3.example.com/pictures'],
  [{ endpoint: 'http://nas:9000/s3', prefix: 'blog' }, 'http://nas:9000/s3/pictures/blog'],
] as const)('%j is known by its place', ([place, name]) => {
  const remote = s3({ bucket: 'pictures', ...place })
  expect(remote).toMatchObject({ name, isTrusted: false, isReadOnly: false })
  expect(remote.credentials).toEqual(['AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'])
})

test.for([
  [{}, 'https://pictures.s3.eu-west-1.amazonaws.com/a%20b'],
  [{ bucket: 'my.pictures' }, 'https://s3.eu-west-1.amazonaws.com/my.pictures/a%20b'],
  [{ bucket: 'My_Pictures' }, 'https://s3.eu-west-1.amazonaws.com/My_Pictures/a%20b'],
  [{ endpoint: 'http://nas:9000/' }, 'http://nas:9000/pictures/a%20b'],
] as const)('the address of %j is %s', ([place, url]) => {
  expect(baseOf({ bucket: 'pictures', ...place }, 'eu-west-1', 'a b')).toBe(url)
})

test('a bucket of China is looked for there', () => {
  const base = baseOf({ bucket: 'pictures' }, 'cn-north-1', '')
  expect(base).toBe('https://pictures.s3.cn-north-1.amazonaws.com.cn')
})

test.for([
  [{ bucket: '' }, 'bucket'],
  [{ bucket: 'a/b' }, 'bucket'],
  [{ bucket: '..' }, 'bucket'],
  [{ endpoint: 'localhost:7480' }, 'endpoint'],
  [{ endpoint: 'ftp://example.com' }, 'endpoint'],
  [{ endpoint: 'https://user:hidden@example.com' }, 'endpoint'],
  [{ endpoint: 'https://example.com/?token=hidden' }, 'endpoint'],
  [{ region: 'eu-west-1.evil.example/' }, 'region'],
  [{ prefix: '../others' }, 'prefix'],
  [{ prefix: 'a//b' }, 'prefix'],
  [{ prefix: 'a/./b' }, 'prefix'],
  [{ prefix: '\uD800' }, 'prefix'],
] as const)('refuses %j, naming the option', ([odd, option]) => {
  const make = () => s3({ bucket: 'pictures', ...odd })
  expect(make).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }))
  expect(make).toThrow(`Unexpected \`${option}\` of s3()`)
  expect(make).not.toThrow(/hidden/)
})

describe('a write whose answer does not come', () => {
  const short = { wholeMs: 1000, partMs: 500 }

  test('is found where it landed after its time limit', async () => {
    let isFirst = true
    double.twist = ({ method }, honest) => {
      if (method !== 'PUT' || !isFirst) return honest()
      isFirst = false
      // It lands while it is looked for: the reading finds nothing, and the second attempt finds it.
      double.twist = (_arrived, readHonestly) => {
        double.twist = (_later, answer) => answer()
        const before = readHonestly()
        honest()
        return before
      }
      return undefined
    }
    expect(await tierWith({ patience: short }).create('claims/a.1', bytes)).toEqual({
      kind: 'written',
    })
    expect(double.requests.map(({ method }) => method)).toEqual(['PUT', 'GET', 'PUT', 'GET'])
  })

  test('is found where the connection broke after it had landed', async () => {
    double.twist = ({ method }, honest, response) => {
      const answer = honest()
      if (method !== 'PUT') return answer
      response.destroy()
      return undefined
    }
    expect(await tierWith().create('claims/a.1', bytes)).toEqual({ kind: 'written' })
    expect(await tierWith().create('claims/a.1', randomBytes(9))).toEqual({ kind: 'taken' })
    expect(double.objects.get('claims/a.1')).toEqual(bytes)
  })

  test('is unknown of a server that hangs', async () => {
    double.twist = () => undefined
    const tier = tierWith({ patience: short })
    for (const answer of [
      await tier.create('a', bytes),
      await tier.put('a', bytes),
      await tier.get('a', 1),
    ])
      expect(answer).toMatchObject({
        kind: 'unknown',
        cause: { message: expect.stringMatching(/not whole|no more/) },
      })
    expect(double.requests).toHaveLength(5)
  })
})
