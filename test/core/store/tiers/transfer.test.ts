import { beforeEach, describe, expect, test } from 'vitest'
import { pullAll, pushAll } from '../../../../packages/core/src/store/tiers/transfer.ts'
import { bytes, entry, fill, twoTiers } from '../../../support/two-tiers.ts'

let { local, near, far, tiersOf, store } = twoTiers()
beforeEach(() => {
  ;({ local, near, far, tiersOf, store } = twoTiers())
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
