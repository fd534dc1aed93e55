import { beforeEach, describe, expect, test } from 'vitest'
import { encodeEntry } from '../../../../packages/core/src/store/entry.ts'
import { entryOfBytes } from '../../../support/entries.ts'
import { requestIn } from '../../../support/fakes.ts'
import {
  bytes,
  entry,
  entryName,
  fill,
  originalName,
  twoTiers,
} from '../../../support/two-tiers.ts'

let { local, near, far, store } = twoTiers()
beforeEach(() => {
  ;({ local, near, far, store } = twoTiers())
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
