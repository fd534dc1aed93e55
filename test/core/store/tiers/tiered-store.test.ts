import { beforeEach, describe, expect, test } from 'vitest'
import { Refusal } from '../../../../packages/core/src/store/remote/refusal.ts'
import { encodeEntry } from '../../../../packages/core/src/store/entry.ts'
import { entryOfBytes } from '../../../support/entries.ts'
import { memoryStore, requestIn } from '../../../support/fakes.ts'
import {
  bytes,
  entry,
  entryName,
  fill,
  originalName,
  twoTiers,
} from '../../../support/two-tiers.ts'

let { local, near, far, cache, told, store } = twoTiers()
beforeEach(() => {
  ;({ local, near, far, cache, told, store } = twoTiers())
})

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
    const full = memoryStore({ writeObstacle: async () => 'the disk is full' })
    expect(await twoTiers(full).store().writeObstacle(1)).toBe('the disk is full')
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
