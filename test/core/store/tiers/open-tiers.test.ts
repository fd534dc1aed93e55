import { beforeEach, describe, expect, test } from 'vitest'
import { ImpromptError } from '../../../../packages/core/src/error.ts'
import type { Claims, DerivedStore, Remote } from '../../../../packages/core/src/ports.ts'
import { encodeEntry } from '../../../../packages/core/src/store/entry.ts'
import { lateTier } from '../../../../packages/core/src/store/tiers/late-tier.ts'
import {
  type TieredProject,
  openTiers,
} from '../../../../packages/core/src/store/tiers/open-tiers.ts'
import { entryOfBytes } from '../../../support/entries.ts'
import { type MemoryStore, memoryStore, requestIn } from '../../../support/fakes.ts'
import { type MemoryTier, memoryRemote, memoryTier } from '../../../support/memory-tier.ts'
import { virtualClock } from '../../../support/virtual-clock.ts'

const bytes = Buffer.from('a picture')
const entry = entryOfBytes(requestIn('![gen: a fox]()'), bytes)
const never = new AbortController().signal
const fetched: DerivedStore = {
  has: async () => false,
  get: async () => undefined,
  put: async () => undefined,
  sizeOf: async () => undefined,
}
const claims: Claims = {
  isHeld: async () => false,
  reserve: async () => 'reserved',
  claim: async () => ({ begin: async () => true, end: async () => undefined }),
}

let local: MemoryStore
let near: MemoryTier
let far: MemoryTier
beforeEach(() => {
  local = memoryStore()
  near = memoryTier()
  far = memoryTier()
})

function opened(remotes: readonly Remote[], isBestEffort = false): TieredProject {
  const holder = { machine: 'another', pid: 1, startedAt: '1' }
  const here = { store: local, claims, fetched, environment: {}, clock: virtualClock(), holder }
  return openTiers(remotes, here, { isBestEffort, isOnlyRemote: false })
}

describe('a project', () => {
  test('without remotes has the store of its folder as it is', () => {
    const project = opened([])
    expect(project).toMatchObject({ store: local, tiers: [] })
    expect(project.incidents()).toEqual([])
  })

  test('asks no tier before it needs one', async () => {
    await local.keep(entry, bytes)
    let connected = 0
    const remote = memoryRemote(near)
    const { store } = opened([
      {
        ...remote,
        connect: (environment) => {
          connected += 1
          return remote.connect(environment)
        },
      },
    ])
    await store.original(entry)
    expect(connected).toBe(0)
    await store.shared(entry.requestHash)
    await store.shared(entry.requestHash)
    expect(connected).toBe(1)
  })

  test('meets other machines at the first tier that is written to', async () => {
    const { store, claims: tiered } = opened([
      memoryRemote(near, { name: 'near', isReadOnly: true }),
      memoryRemote(far, { name: 'far' }),
    ])
    expect(await store.writeObstacle(1)).toBeUndefined()
    const claim = await tiered.claim(entry.requestHash, never)
    expect([...near.objects.keys()]).toEqual([])
    expect(far.objects.has(`claims/${entry.requestHash}.1`)).toBe(true)
    await claim.end('resolved')
    expect(far.objects.has(`claims/${entry.requestHash}.1.over`)).toBe(true)
  })

  test('buys nothing where its tier lies, unless told', async () => {
    near.faults.ignoresConditions = true
    expect(await opened([memoryRemote(near)]).store.writeObstacle(1)).toMatch(
      /`memory`: it ignores `If-None-Match: \*`/,
    )
    const told = opened([memoryRemote(near)], true)
    expect(await told.store.writeObstacle(1)).toBeUndefined()
    expect(told.incidents()).toMatchObject([{ kind: 'uncoordinated', where: 'memory' }])
    await told.claims.claim(entry.requestHash, never)
    expect([...near.objects.keys()].filter((name) => name.startsWith('claims/'))).toEqual([])
  })

  test('tells the same mishap once', async () => {
    near.objects.set(`originals/${entry.original.sha256}.png`, Buffer.from('poison'))
    const { store, incidents } = opened([memoryRemote(near)])
    await store.original(entry)
    await store.original(entry)
    expect(incidents()).toMatchObject([{ kind: 'refused' }])
  })
})

describe('a tier that cannot be connected', () => {
  const fault = new ImpromptError('CONFIG_INVALID', '`memory` needs a key')
  const remote: Remote = {
    ...memoryRemote(memoryTier()),
    isTrusted: true,
    connect: () => {
      throw fault
    },
  }

  test('says nothing of anything', async () => {
    const tier = lateTier(remote, {})
    const untold = { kind: 'unknown', path: 'memory', cause: fault }
    expect(await tier.get('a', 1)).toEqual(untold)
    expect(await tier.has('a')).toEqual(untold)
    expect(await tier.create('a', bytes)).toEqual(untold)
    expect(await tier.put('a', bytes)).toEqual(untold)
  })

  test('is no miss, and keeps from buying', async () => {
    const { store } = opened([remote])
    expect(await store.shared(entry.requestHash)).toMatchObject({ kind: 'unknown', cause: fault })
    expect(await store.original(entry)).toMatchObject({ kind: 'unknown' })
    expect(await store.writeObstacle(1)).toContain('`memory` needs a key')
  })

  test('does not keep what another one holds from being found', async () => {
    far.objects.set(`entries/${entry.requestHash}.json`, Buffer.from(encodeEntry(entry)))
    const { store } = opened([remote, memoryRemote(far, { name: 'far', isTrusted: true })])
    expect(await store.shared(entry.requestHash)).toEqual({ kind: 'hit', value: entry })
  })

  test('is told where it was not given what was bought, which is kept here', async () => {
    const { store, incidents } = opened([remote])
    await store.keep(entry, bytes)
    expect(local.kept.size).toBe(1)
    expect(incidents()).toMatchObject([{ kind: 'unpushed', message: '`memory` needs a key' }])
  })
})
