import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, vi } from 'vitest'
import type { RemoteTier } from '../../packages/core/src/ports.ts'
import { capabilityOf } from '../../packages/core/src/store/remote/capability.ts'
import { s3 } from '../../packages/core/src/store/remote/s3.ts'
import {
  type Ceph,
  type User,
  cephCredentials,
  cephHindrance,
  dataPool,
  startCeph,
} from '../support/servers/ceph.ts'
import { testUnless } from '../support/skip.ts'

let ceph: Ceph
beforeAll(async () => {
  if (cephHindrance !== undefined) return
  ceph = await startCeph()
  await ceph.makeBucket('pictures')
})
afterAll(() => ceph?.stop())
afterEach(() => vi.useRealTimers())

const test = testUnless(cephHindrance)

/** The bucket as a machine sees it. */
function tierOf(user: User = cephCredentials, bucket = 'pictures', partMs = 5000): RemoteTier {
  const patience = { wholeMs: 20_000, partMs }
  const credentials = async (): Promise<User> => user
  return s3({ bucket, endpoint: ceph.url, credentials, patience }).connect({})
}

/** The bucket as a machine sees it that loses its patience soon. */
function impatientTier(): RemoteTier {
  return tierOf(cephCredentials, 'pictures', 500)
}

/** What it says of an answer that tells nothing. */
function unknown(fault: RegExp): object {
  return {
    kind: 'unknown',
    cause: expect.objectContaining({ message: expect.stringMatching(fault) }),
  }
}

test('credentials that were revoked make nothing absent', async () => {
  const tier = tierOf(await ceph.addUser('leaver'))
  await ceph.permit('pictures', 'leaver', ['*'])
  expect(await tier.create('originals/a.png', Buffer.from('a'))).toEqual({ kind: 'written' })
  await ceph.run('radosgw-admin', 'user', 'suspend', '--uid=leaver')
  const suspended = unknown(/403 `UserSuspended`/)
  expect(await tier.get('originals/a.png', 10)).toMatchObject(suspended)
  expect(await tier.get('originals/none.png', 10)).toMatchObject(suspended)
  expect(await tier.has('originals/none.png')).toMatchObject(unknown(/403/))
  expect(await tier.create('originals/b.png', Buffer.from('b'))).toMatchObject(suspended)
  expect(await tier.put('originals/b.png', Buffer.from('b'))).toMatchObject(suspended)
  expect(await capabilityOf(tier)).toMatchObject({ kind: 'unreachable' })
  expect(await tierOf().get('originals/b.png', 10)).toEqual({ kind: 'absent' })
})

test('credentials that may only read objects tell nothing of what is absent', async () => {
  await capabilityOf(tierOf())
  await tierOf().put('originals/c.png', Buffer.from('c'))
  const tier = tierOf(await ceph.addUser('reader'))
  await ceph.permit('pictures', 'reader', ['GetObject'])
  expect(await tier.get('originals/c.png', 10)).toMatchObject({
    kind: 'hit',
    value: { bytes: Buffer.from('c') },
  })
  const denied = unknown(/403 `AccessDenied`.*s3:ListBucket/)
  expect(await tier.get('originals/none.png', 10)).toMatchObject(denied)
  expect(await tier.has('originals/none.png')).toMatchObject(unknown(/403/))
  expect(await tier.create('originals/d.png', Buffer.from('d'))).toMatchObject(denied)
  expect(await tier.put('originals/c.png', Buffer.from('d'))).toMatchObject(denied)
  expect(await capabilityOf(tier)).toMatchObject({
    kind: 'unreachable',
    reason: expect.stringContaining('does not tell what is absent'),
  })
})

test('credentials that may read and list are found to be read-only', async () => {
  await capabilityOf(tierOf())
  const tier = tierOf(await ceph.addUser('visitor'))
  await ceph.permit('pictures', 'visitor', ['GetObject', 'ListBucket'])
  expect(await tier.get('originals/none.png', 10)).toEqual({ kind: 'absent' })
  expect(await capabilityOf(tier)).toMatchObject({ kind: 'read-only' })
})

test('a bucket that is not there holds nothing and lacks nothing', async () => {
  const tier = tierOf(cephCredentials, 'missing')
  expect(await tier.get('entries/a.json', 10)).toMatchObject(unknown(/404 `NoSuchBucket`/))
  expect(await tier.create('entries/a.json', Buffer.from('a'))).toMatchObject(
    unknown(/404 `NoSuchBucket`/),
  )
  expect(await capabilityOf(tier)).toMatchObject({ kind: 'unreachable' })
})

test('a wrong secret is told without being shown', async () => {
  const tier = tierOf({ ...cephCredentials, secretAccessKey: 'WRONG-SECRET' })
  const found = await tier.get('originals/none.png', 10)
  expect(found).toMatchObject(unknown(/403 `SignatureDoesNotMatch`/))
  const told = found.kind === 'unknown' ? String(found.cause) : ''
  expect(told).not.toMatch(/WRONG-SECRET|TESTKEY/)
})

test('a quota that is used up refuses what is new, and keeps what is there', async () => {
  const user = await ceph.addUser('small')
  await ceph.makeBucket('full', user)
  const tier = tierOf(user, 'full')
  await tier.put('originals/a.png', Buffer.from('a'))
  const quota = ['--quota-scope=user', '--uid=small']
  await ceph.run('radosgw-admin', 'quota', 'set', ...quota, '--max-size=4096')
  await ceph.run('radosgw-admin', 'quota', 'enable', ...quota)
  const refused = unknown(/403 `QuotaExceeded`; its quota is used up/)
  expect(await tier.create('originals/b.png', randomBytes(50_000))).toMatchObject(refused)
  expect(await tier.get('originals/b.png', 50_000)).toEqual({ kind: 'absent' })
  expect(await tier.get('originals/a.png', 1)).toMatchObject({ kind: 'hit' })
})

/** Puts other bytes under an object of the API. */
async function replace(ending: string, bytes: Uint8Array): Promise<void> {
  const path = join(ceph.folder, 'bytes')
  writeFileSync(path, bytes)
  await ceph.run('rados', '-p', dataPool, 'put', await ceph.objectOf(ending), path)
}

test('an object that was truncated under the interface is waited for no longer than told', async () => {
  await tierOf().put('originals/short.png', randomBytes(100_000))
  await replace('originals/short.png', randomBytes(30_000))
  expect(await impatientTier().get('originals/short.png', 100_000)).toMatchObject(
    unknown(/for 0.5 s/),
  )
})

test('an object that vanished under the interface is absent', async () => {
  await tierOf().put('originals/gone.png', randomBytes(1000))
  await ceph.run('rados', '-p', dataPool, 'rm', await ceph.objectOf('originals/gone.png'))
  expect(await tierOf().get('originals/gone.png', 1000)).toEqual({ kind: 'absent' })
})

test('a gateway that hangs makes nothing absent', async () => {
  const tier = impatientTier()
  await tier.put('originals/e.png', Buffer.from('e'))
  ceph.signal('SIGSTOP')
  try {
    expect(
      await Promise.all([
        tier.get('originals/e.png', 10),
        tier.has('originals/none.png'),
        tier.create('originals/f.png', Buffer.from('f')),
      ]),
    ).toMatchObject([unknown(/0.5 s/), unknown(/0.5 s/), unknown(/0.5 s/)])
  } finally {
    ceph.signal('SIGCONT')
  }
  expect(await tier.get('originals/e.png', 10)).toMatchObject({ kind: 'hit' })
})

test('a write that lands after nobody waited for it any more is found by reading', async () => {
  const tier = impatientTier()
  const bytes = randomBytes(1000)
  await tier.get('originals/late.png', 1000)
  await ceph.run('ceph', 'osd', 'pause')
  try {
    expect(await tier.create('originals/late.png', bytes)).toMatchObject({ kind: 'unknown' })
  } finally {
    await ceph.run('ceph', 'osd', 'unpause')
  }
  await expect.poll(() => tier.has('originals/late.png')).toEqual({ kind: 'hit', value: true })
  expect(await tier.get('originals/late.png', 1000)).toMatchObject({ value: { bytes } })
  expect(await tier.create('originals/late.png', randomBytes(1000))).toEqual({ kind: 'taken' })
})

test('a write that lands while it is looked for is known to be ours', async () => {
  const tier = tierOf(cephCredentials, 'pictures', 1500)
  const bytes = randomBytes(1000)
  await ceph.run('ceph', 'osd', 'pause')
  const writing = tier.create('originals/slow.png', bytes)
  await setTimeout(1600)
  await ceph.run('ceph', 'osd', 'unpause')
  expect(await writing).toEqual({ kind: 'written' })
  expect(await tier.get('originals/slow.png', 1000)).toMatchObject({ value: { bytes } })
})

test.for([[-20], [20]] as const)(
  'a clock that is %d minutes off is seen through',
  async ([minutes]) => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + minutes * 60_000 })
    const tier = tierOf()
    const name = `originals/skew${minutes}.png`
    expect(await tier.create(name, Buffer.from('s'))).toEqual({ kind: 'written' })
    const found = await tier.get(name, 10)
    const ageMs = found.kind === 'hit' ? found.value.ageMs : undefined
    // Both ends are by the server's clock, in whole seconds.
    expect(Math.abs(ageMs ?? Number.NaN)).toBeLessThan(10_000)
  },
)

test('one of 50 machines that write one name at once wins', async () => {
  const tiers = Array.from({ length: 50 }, () => tierOf())
  const bodies = tiers.map(() => randomBytes(5000))
  const written = await Promise.all(
    tiers.map((tier, at) => tier.create('originals/race.png', bodies[at] ?? Buffer.alloc(0))),
  )
  const winners = bodies.filter((_body, at) => written[at]?.kind === 'written')
  expect(winners).toHaveLength(1)
  expect(await tierOf().get('originals/race.png', 5000)).toMatchObject({
    value: { bytes: winners[0] },
  })
})
