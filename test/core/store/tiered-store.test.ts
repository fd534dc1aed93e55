import { beforeEach, describe, expect, test } from 'vitest'
import type { Entry, Incident, Remote, Store } from '../../../packages/core/src/ports.ts'
import { encodeEntry } from '../../../packages/core/src/store/entry.ts'
import { Refusal } from '../../../packages/core/src/store/remote/refusal.ts'
import { sharedTier } from '../../../packages/core/src/store/tiers/shared-tier.ts'
import { tieredStore } from '../../../packages/core/src/store/tiers/tiered-store.ts'
import { pullAll, pushAll } from '../../../packages/core/src/store/tiers/transfer.ts'
import { entryOfBytes } from '../../support/entries.ts'
import { type MemoryStore, memoryStore, requestIn } from '../../support/fakes.ts'
import { type MemoryTier, memoryRemote, memoryTier } from '../../support/memory-tier.ts'

const bytes = Buffer.from('a picture')
const entry: Entry = entryOfBytes(requestIn('![gen: a fox]()'), bytes)
const originalName = `originals/${entry.original.sha256}.${entry.original.format}`
const entryName = `entries/${entry.requestHash}.json`

let local: MemoryStore
let near: MemoryTier
let far: MemoryTier
let cache: Map<string, Uint8Array>
let told: Incident[]
beforeEach(() => {
  local = memoryStore()
  near = memoryTier()
  far = memoryTier()
  cache = new Map()
  told = []
})

type Traits = Partial<Pick<Remote, 'isTrusted' | 'isReadOnly'>>

const tiersOf = (nearTraits: Traits = {}, farTraits: Traits = {}) => [
  sharedTier(memoryRemote(near, { name: 'near', ...nearTraits }), near, local.quarantine),
  sharedTier(memoryRemote(far, { name: 'far', ...farTraits }), far, local.quarantine),
]

function store(nearTraits: Traits = {}, farTraits: Traits = {}): Store {
  return tieredStore({
    local,
    tiers: tiersOf(nearTraits, farTraits),
    fetched: {
      has: async (key) => cache.has(key),
      get: async (key) => cache.get(key),
      put: async (key, _extension, value) => {
        cache.set(key, value)
      },
    },
    obstacle: async () => 'no tier coordinates',
    tell: (incident) => told.push(incident),
  })
}

function fill(tier: MemoryTier): void {
  tier.objects.set(originalName, bytes)
  tier.objects.set(entryName, Buffer.from(encodeEntry(entry)))
}

describe('what is bought', () => {
  test('is stored here and in every tier, the bytes first', async () => {
    await store().keep(entry, bytes)
    expect(local.kept.get(entry.key)).toEqual(entry)
    expect(near.calls.filter((call) => call.startsWith('create'))).toEqual([
      'create format.json',
      `create ${originalName}`,
      `create ${entryName}`,
    ])
    expect([...far.objects.keys()]).toEqual(['format.json', originalName, entryName])
    expect(told).toEqual([])
  })

  test('is not pushed to a tier for reading', async () => {
    await store({ isReadOnly: true }).keep(entry, bytes)
    expect(near.calls).toEqual([])
    expect(far.objects.has(entryName)).toBe(true)
  })

  test('is not pushed where a newer version keeps its pictures, which is told', async () => {
    near.objects.set('format.json', Buffer.from('{"imprompt":2}'))
    await store().keep(entry, bytes)
    expect([...near.objects.keys()]).toEqual(['format.json'])
    expect(far.objects.has(entryName)).toBe(true)
    expect(told).toMatchObject([{ kind: 'unpushed', message: expect.stringMatching(/the form 2/) }])
  })

  test('asks once whether a tier is of this version', async () => {
    const tiered = store()
    near.faults.isMute = true
    await tiered.keep(entry, bytes)
    near.faults.isMute = false
    await tiered.keep(entry, bytes)
    await tiered.keep(entry, bytes)
    expect(near.calls.filter((call) => call === 'get format.json')).toHaveLength(2)
  })

  test('is kept where a tier does not take it, which is told', async () => {
    near.faults.refusesWrites = true
    await store().keep(entry, bytes)
    expect(local.kept.size).toBe(1)
    expect(far.objects.has(entryName)).toBe(true)
    expect(told).toEqual([{ kind: 'unpushed', where: `near: ${entry.key}`, message: '403' }])
  })

  test.for([
    ['kept where all take it', [false, false], {}, 'kept'],
    ['kept where one takes it', [true, false], {}, 'kept'],
    ['unpushed where none takes it', [true, true], {}, 'unpushed'],
    [
      'unpushed where the only one that is written to does not',
      [true, false],
      { isReadOnly: true },
      'unpushed',
    ],
  ] as const)('is said to be %s', async ([, [isNearFull, isFarFull], farTraits, kept]) => {
    near.faults.refusesWrites = isNearFull
    far.faults.refusesWrites = isFarFull
    expect(await store({}, farTraits).keep(entry, bytes)).toBe(kept)
    expect(local.kept.size).toBe(1)
  })

  test('is kept where no tier is written to', async () => {
    expect(await store({ isReadOnly: true }, { isReadOnly: true }).keep(entry, bytes)).toBe('kept')
  })

  test('leaves another picture of the same request where it was', async () => {
    const other = entryOfBytes(requestIn('![gen: a fox]()'), Buffer.from('another picture'))
    const text = Buffer.from(encodeEntry(other))
    near.objects.set(entryName, text)
    await store().keep(entry, bytes)
    expect(near.objects.get(entryName)).toBe(text)
    expect(told).toMatchObject([
      { kind: 'duplicate', message: expect.stringMatching(/another picture/) },
    ])
  })

  test('gets to a tier that takes no conditions, over nothing that is there', async () => {
    const cause = new Refusal({ status: 501, headers: new Headers(), bytes: undefined })
    near.create = async () => ({ kind: 'unknown', cause })
    await store().keep(entry, bytes)
    expect([...near.objects.keys()]).toEqual([originalName, entryName])
    expect(told).toEqual([])
    const other = entryOfBytes(requestIn('![gen: a fox]()'), Buffer.from('another picture'))
    await store().keep(other, Buffer.from('another picture'))
    expect(near.objects.get(entryName)).toEqual(Buffer.from(encodeEntry(entry)))
    near.faults.isMute = true
    await store().keep(entry, bytes)
    expect(told.at(-1)).toMatchObject({ kind: 'unpushed', message: '503' })
  })

  test('is told where other bytes bear its name in a tier', async () => {
    near.objects.set(originalName, Buffer.from('poison'))
    await store().keep(entry, bytes)
    expect(near.objects.has(entryName)).toBe(false)
    expect(told).toMatchObject([
      { kind: 'unpushed', message: expect.stringMatching(/not those that were bought/) },
    ])
  })

  test('needs tiers by which machines wait for each other', async () => {
    expect(await store().writeObstacle(1)).toBe('no tier coordinates')
    local = memoryStore({ writeObstacle: async () => 'the disk is full' })
    expect(await store().writeObstacle(1)).toBe('the disk is full')
  })
})

describe('an original', () => {
  test('that is here is looked for nowhere else', async () => {
    await local.keep(entry, bytes)
    expect(await store().original(entry)).toEqual({ kind: 'hit', value: bytes })
    expect([...near.calls, ...far.calls]).toEqual([])
  })

  test('is fetched once, from the first tier that has it', async () => {
    fill(far)
    expect(await store().original(entry)).toEqual({ kind: 'hit', value: bytes })
    expect(await store().original(entry)).toEqual({ kind: 'hit', value: bytes })
    expect(near.calls).toEqual([`get ${originalName}`])
    expect(far.calls).toEqual([`get ${originalName}`])
  })

  test('of other bytes is set aside, told and never served', async () => {
    near.objects.set(originalName, Buffer.from('a poison'))
    expect(await store().original(entry)).toMatchObject({ kind: 'damaged' })
    expect(local.quarantined).toEqual([Buffer.from('a poison')])
    expect(told).toMatchObject([{ kind: 'refused', where: `near/${originalName}` }])
    expect(cache.size).toBe(0)
  })

  test('is looked for behind a tier that is poisoned', async () => {
    near.objects.set(originalName, Buffer.from('a poison'))
    fill(far)
    expect(await store().original(entry)).toEqual({ kind: 'hit', value: bytes })
    expect(told).toHaveLength(1)
  })

  test('is not taken from a cache that holds other bytes by its name', async () => {
    cache.set(entry.original.sha256, Buffer.from('a poison'))
    expect(await store().original(entry)).toEqual({ kind: 'absent' })
    fill(near)
    expect(await store().original(entry)).toEqual({ kind: 'hit', value: bytes })
  })

  test('is unknown where one tier does not answer, and absent only where all say so', async () => {
    expect(await store().original(entry)).toEqual({ kind: 'absent' })
    near.faults.isMute = true
    expect(await store().original(entry)).toMatchObject({ kind: 'unknown' })
    fill(far)
    expect(await store().original(entry)).toMatchObject({ kind: 'hit' })
  })

  test('that is damaged here is stood in for by a tier, and stays damaged without one', async () => {
    await local.keep(entry, bytes)
    local.originals.set(entry.original.sha256, Buffer.from('flipped'))
    expect(await store().original(entry)).toMatchObject({ kind: 'damaged' })
    fill(near)
    expect(await store().original(entry)).toEqual({ kind: 'hit', value: bytes })
    expect(told).toMatchObject([
      { kind: 'refused', message: expect.stringMatching(/a tier stood in/) },
    ])
  })
})

describe('what other machines bought', () => {
  test('is believed of a trusted tier alone', async () => {
    fill(near)
    expect(await store({ isTrusted: true }).shared(entry.requestHash)).toEqual({
      kind: 'hit',
      value: entry,
    })
    expect(await store().shared(entry.requestHash)).toMatchObject({
      kind: 'unknown',
      path: `near/${entryName}`,
      cause: { message: expect.stringContaining('no committed entry vouches') },
    })
  })

  test('is absent only where every tier says so', async () => {
    expect(await store().shared(entry.requestHash)).toEqual({ kind: 'absent' })
    far.faults.isMute = true
    expect(await store().shared(entry.requestHash)).toMatchObject({ kind: 'unknown' })
    fill(near)
    expect(await store({ isTrusted: true }).shared(entry.requestHash)).toMatchObject({
      kind: 'hit',
    })
  })

  test.for(['', '{}', '[]', encodeEntry(entryOfBytes(requestIn('![gen: a hen]()'), bytes))])(
    'is damaged where the tier holds %j for it',
    async (text) => {
      near.objects.set(entryName, Buffer.from(text))
      const found = await store({ isTrusted: true }).shared(entry.requestHash)
      expect(found).toMatchObject({ kind: 'damaged' })
    },
  )

  test('gets its bytes here together with its entry', async () => {
    fill(near)
    await store().share(entry)
    expect(local.kept.get(entry.key)).toEqual(entry)
    expect(local.originals.get(entry.original.sha256)).toEqual(bytes)
  })

  test.for(['nowhere', 'poisoned', 'out of reach'])(
    'gets no entry here where its bytes are %s',
    async (where) => {
      fill(near)
      if (where === 'nowhere') near.objects.delete(originalName)
      if (where === 'poisoned') near.objects.set(originalName, Buffer.from('a poison'))
      if (where === 'out of reach') near.faults.isMute = true
      await expect(store().share(entry)).rejects.toThrow(entry.original.sha256)
      expect(local.kept.size).toBe(0)
    },
  )
})

describe('a transfer', () => {
  test('pushes what a tier lacks, and to those that are written to', async () => {
    await local.keep(entry, bytes)
    fill(near)
    expect(await pushAll(local, tiersOf())).toEqual({
      moved: 1,
      present: 1,
      bytes: bytes.length,
      faults: [],
    })
    expect(await pushAll(local, tiersOf({}, { isReadOnly: true }))).toMatchObject({
      moved: 0,
      present: 1,
    })
  })

  test('pushes nothing that is damaged', async () => {
    await local.keep(entry, bytes)
    local.originals.set(entry.original.sha256, Buffer.from('flipped'))
    const { moved, faults } = await pushAll(local, tiersOf())
    expect(moved).toBe(0)
    expect(faults).toMatchObject([{ message: 'its bytes changed' }])
    expect(near.objects.size).toBe(0)
  })

  test('names what a tier does not take as its caller does', async () => {
    await local.keep(entry, bytes)
    near.faults.refusesWrites = true
    const { faults } = await pushAll(local, tiersOf(), () => 'post.md:1:1')
    expect(faults).toMatchObject([{ where: 'near: post.md:1:1' }])
  })

  test('pulls what is missing or damaged here', async () => {
    await local.keep(entry, bytes)
    expect(await pullAll(local, store())).toMatchObject({ moved: 0, present: 1 })
    local.originals.delete(entry.original.sha256)
    expect(await pullAll(local, store())).toMatchObject({
      moved: 0,
      faults: [{ message: 'no tier has it' }],
    })
    fill(far)
    expect(await pullAll(local, store())).toMatchObject({ moved: 1, faults: [] })
    expect(local.originals.get(entry.original.sha256)).toEqual(bytes)
  })
})
