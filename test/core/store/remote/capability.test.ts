import { beforeEach, expect, test } from 'vitest'
import type { RemoteTier } from '../../../../packages/core/src/ports.ts'
import { capabilityOf } from '../../../../packages/core/src/store/remote/capability.ts'
import { s3 } from '../../../../packages/core/src/store/remote/s3.ts'
import { type MemoryTier, memoryTier } from '../../../support/memory-tier.ts'
import {
  type S3Double,
  type Twist,
  accessKeyId,
  refusal,
  secretAccessKey,
  startS3,
} from '../../../support/s3-double.ts'

let tier: MemoryTier
beforeEach(() => {
  tier = memoryTier()
})

test('a tier that is new gets its sentinel, and coordinates', async () => {
  expect(await capabilityOf(tier)).toEqual({ kind: 'coordinates' })
  expect(Buffer.from(tier.objects.get('format.json') ?? []).toString()).toBe('{"imprompt":1}\n')
  expect(tier.calls.filter((call) => call === 'create format.json')).toHaveLength(1)
  expect(await capabilityOf(tier)).toEqual({ kind: 'coordinates' })
  expect(tier.calls.filter((call) => call === 'create format.json')).toHaveLength(1)
})

test('a tier races 48 writers, and leaves what was there before alone', async () => {
  tier.objects.set('originals/a.png', Buffer.from('a'))
  await capabilityOf(tier)
  const probes = tier.calls.filter((call) => call.startsWith('create probe/'))
  // Six rounds of eight, and one each that comes too late.
  expect(probes).toHaveLength(6 * 9)
  expect(tier.calls.filter((call) => call.startsWith('put'))).toEqual([])
  const strangers = [...tier.objects.keys()].filter((name) => !name.startsWith('probe/'))
  expect(strangers).toEqual(['originals/a.png', 'format.json'])
})

test.for([
  [
    'a newer form',
    '{"imprompt":2}',
    'its pictures are kept in the form 2, and this version knows 1',
  ],
  ['a text', '{"imprompt":"\\u001b[31m"}', 'its `format.json` is not what imprompt writes'],
  ['an object', '{"imprompt":{}}', 'its `format.json` is not what imprompt writes'],
  ['a page', '<html>Log in first</html>', 'its `format.json` is not what imprompt writes'],
  ['nothing', '', 'its `format.json` is not what imprompt writes'],
  ['too much', 'x'.repeat(20_000), 'its `format.json` is none of this version'],
] as const)('a tier whose sentinel says %s is left alone', async ([, text, reason]) => {
  tier.objects.set('format.json', Buffer.from(text))
  expect(await capabilityOf(tier)).toEqual({ kind: 'newer', reason })
  expect(tier.calls).toEqual(['get format.json'])
})

async function capabilityWith(
  twist: Twist,
  prepare: (double: S3Double) => void = () => undefined,
): Promise<Awaited<ReturnType<typeof capabilityOf>>> {
  await using double = await startS3(twist)
  prepare(double)
  return await capabilityOf(tierOf(double.url))
}

function tierOf(endpoint: string): RemoteTier {
  const patience = { wholeMs: 2000, partMs: 1000 }
  const environment = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey }
  return s3({ bucket: 'pictures', endpoint, patience }).connect(environment)
}

const isProbe = (url: string): boolean => url.includes('/probe/')

test('S3 that honours conditions coordinates, also with a clock that is off', async () => {
  expect(await capabilityWith((_arrived, honest) => honest())).toEqual({ kind: 'coordinates' })
  const late = await capabilityWith(
    (_arrived, honest) => honest(),
    (double) => {
      double.aheadMs = -20 * 60_000
    },
  )
  expect(late).toEqual({ kind: 'coordinates' })
})

test.for<readonly [string, Twist, string, RegExp]>([
  [
    'loses the answers of all who write',
    (arrived, honest, response) => {
      const answer = honest()
      if (arrived.method !== 'PUT' || !isProbe(arrived.url)) return answer
      response.destroy()
      return undefined
    },
    'coordinates',
    /^$/,
  ],
  [
    'takes no conditional writes',
    ({ headers }, honest) =>
      headers['if-none-match'] === undefined ? honest() : refusal(501, 'NotImplemented'),
    'uncoordinated',
    /takes no conditional writes: it answered 501 `NotImplemented`/,
  ],
  [
    'may be read alone',
    ({ method }, honest) => (method === 'PUT' ? refusal(403, 'AccessDenied') : honest()),
    'read-only',
    /`AccessDenied`/,
  ],
  [
    'is full',
    ({ method }, honest) => (method === 'PUT' ? refusal(403, 'QuotaExceeded') : honest()),
    'read-only',
    /its quota is used up/,
  ],
  [
    'does not tell what is absent',
    ({ url }, honest) => (isProbe(url) ? refusal(403, 'AccessDenied') : honest()),
    'unreachable',
    /does not tell what is absent: .*`s3:ListBucket`/,
  ],
  [
    'answers anything with a page',
    ({ method, url }, honest) =>
      method === 'GET' && isProbe(url) ? { status: 200, body: '<html>' } : honest(),
    'uncoordinated',
    /claims to hold what nobody wrote/,
  ],
  [
    'forgets what it took',
    ({ method, url }, honest) => (method === 'PUT' && isProbe(url) ? { status: 200 } : honest()),
    'uncoordinated',
    /overwrites/,
  ],
  [
    'keeps other bytes than it took',
    (arrived, honest) => {
      const answer = honest()
      const isRead = arrived.method === 'GET' && isProbe(arrived.url) && answer.status === 200
      return isRead ? { ...answer, body: Buffer.alloc(4096) } : answer
    },
    'uncoordinated',
    /keeps other bytes/,
  ],
  ['fails', () => refusal(503, 'SlowDown'), 'unreachable', /it answered 503 `SlowDown`/],
  ['hangs', () => undefined, 'unreachable', /no more of its answer came for 1 s/],
])('S3 that %s is found out', async ([, twist, kind, reason]) => {
  const found = await capabilityWith(twist)
  expect(found.kind).toBe(kind)
  expect('reason' in found ? found.reason : '').toMatch(reason)
})

test('S3 that writes over what is there is found out, also where it says that it failed', async () => {
  const lax = (double: S3Double): void => {
    double.isLax = true
  }
  const overwrites = {
    kind: 'uncoordinated',
    reason: 'it ignores `If-None-Match: *` and overwrites what is there',
  }
  expect(await capabilityWith((_arrived, honest) => honest(), lax)).toEqual(overwrites)
  const failing: Twist = ({ method, url }, honest) => {
    const answer = honest()
    return method === 'PUT' && isProbe(url) ? refusal(500, 'InternalError') : answer
  }
  expect(await capabilityWith(failing, lax)).toEqual(overwrites)
})

test('a bucket that is not there is told', async () => {
  await using double = await startS3()
  const environment = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey }
  const missing = s3({ bucket: 'picture', endpoint: double.url }).connect(environment)
  expect(await capabilityOf(missing)).toEqual({
    kind: 'unreachable',
    reason: 'it answered 404 `NoSuchBucket`; make the bucket, or mend its name',
  })
})
