import { beforeEach, expect, test } from 'vitest'
import { readRequestHash } from '../../../packages/core/src/key/key.ts'
import type { ClaimName, Claims, Occupant, RequestHash } from '../../../packages/core/src/ports.ts'
import { toldClaims } from '../../../packages/core/src/resolve/told-claims.ts'
import { freeClaim, freeClaims } from '../../support/fakes.ts'
import { type VirtualClock, virtualClock } from '../../support/virtual-clock.ts'

const { signal } = new AbortController()
const since = new Date('2026-11-24T11:58:30.125Z')
const near: Occupant = { host: 'build-7', pid: 4711, since }
const far: Occupant = { host: 'build-8', pid: 7, since }

let clock: VirtualClock
let lines: string[]
beforeEach(() => {
  clock = virtualClock()
  lines = []
})

function hashOf(at: number): RequestHash {
  const hash = readRequestHash(String(at).repeat(64))
  if (hash === undefined) throw new Error('no hash')
  return hash
}

/** Images of a page, a line each. */
const images = [1, 2, 3, 4, 5].map((line) => ({
  requestHash: hashOf(line),
  places: [{ file: 'post.md', line, column: 1 }],
}))

/** Claims that others hold for so long, and look at twice a second. */
function heldFor(ms: number, occupantOf: (name: ClaimName) => Occupant = () => near): Claims {
  return {
    ...freeClaims,
    claim: async (name, stop, waits) => {
      for (let waited = 0; waited < ms; waited += 500) {
        waits?.(occupantOf(name))
        await clock.wait(500, stop)
      }
      return freeClaim
    },
  }
}

function told(claims: Claims): Claims {
  return toldClaims(claims, images, { clock, tell: (line) => lines.push(line) })
}

async function claimAll(claims: Claims, count: number): Promise<void> {
  const all = images.slice(0, count).map(({ requestHash }) => claims.claim(requestHash, signal))
  await clock.until(Promise.all(all))
}

test('what is waited for a moment is not told', async () => {
  await claimAll(told(heldFor(1500)), 5)
  // Nor is anything left to be waited for.
  await clock.until(clock.wait(60_000, signal))
  expect(lines).toEqual([])
})

test('what is waited for longer is told in one line, and once', async () => {
  await claimAll(told(heldFor(60_000)), 2)
  expect(lines).toEqual([
    'Waiting for process 4711 on `build-7`, which has been buying 2 pictures of this build since 2026-11-24T11:58:30Z: post.md:1:1, post.md:2:1',
  ])
})

test('of many pictures a few are named', async () => {
  await claimAll(told(heldFor(60_000)), 5)
  expect(lines).toHaveLength(1)
  expect(lines[0]).toContain('5 pictures')
  expect(lines[0]).toMatch(/Z: post\.md:1:1, post\.md:2:1, post\.md:3:1 and 2 more$/)
})

test('each who holds something has a line, with the earliest of its claims', async () => {
  const later = { ...near, since: new Date(since.getTime() + 5000) }
  const occupants = new Map<ClaimName, Occupant>([
    [hashOf(1), later],
    [hashOf(2), far],
  ])
  await claimAll(told(heldFor(3000, (name) => occupants.get(name) ?? near)), 3)
  expect(lines).toEqual([
    'Waiting for process 4711 on `build-7`, which has been buying 2 pictures of this build since 2026-11-24T11:58:30Z: post.md:1:1, post.md:3:1',
    'Waiting for process 7 on `build-8`, which has been buying 1 picture of this build since 2026-11-24T11:58:30Z: post.md:2:1',
  ])
})

test('what is waited for later is told then, and nothing again', async () => {
  const claims = told(heldFor(10_000))
  const [first, second] = images
  if (first === undefined || second === undefined) throw new Error('no images')
  const one = claims.claim(first.requestHash, signal)
  await clock.until(clock.wait(5000, signal))
  const other = claims.claim(second.requestHash, signal)
  await clock.until(Promise.all([one, other]))
  await clock.until(claims.claim(first.requestHash, signal))
  expect(lines.map((line) => line.replace(/^.*: /, ''))).toEqual(['post.md:1:1', 'post.md:2:1'])
})

test.for([
  [{ since }, 'another build'],
  [{ pid: 4711, since }, 'process 4711'],
] as const)('whoever holds it is named as far as it is known (%j)', async ([occupant, name]) => {
  await claimAll(told(heldFor(3000, () => occupant)), 1)
  expect(lines[0]).toContain(`Waiting for ${name}, which`)
})

test('a turn to hand in is named, and pictures that stand nowhere are counted', async () => {
  const claims = toldClaims(heldFor(3000), [], { clock, tell: (line) => lines.push(line) })
  await clock.until(claims.claim('batches', signal))
  await clock.until(claims.claim(hashOf(1), signal))
  expect(lines.map((line) => line.replace('Waiting for process 4711 on `build-7`, ', ''))).toEqual([
    'which has been handing batches in since 2026-11-24T11:58:30Z',
    'which has been buying 1 picture of this build since 2026-11-24T11:58:30Z',
  ])
})

test('a build that is stopped while it waits is told to nobody', async () => {
  const stop = new AbortController()
  const waiting = told(heldFor(60_000)).claim(hashOf(1), stop.signal)
  await clock.until(clock.wait(1000, signal))
  stop.abort(new Error('stopped'))
  await expect(waiting).rejects.toThrow('stopped')
  await clock.until(clock.wait(60_000, signal))
  expect(lines).toEqual([])
})
