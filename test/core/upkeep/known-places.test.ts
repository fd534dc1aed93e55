import { expect, test } from 'vitest'
import { authoredKeyOf, requestHashOf } from '../../../packages/core/src/key/key.ts'
import type { LedgerLine } from '../../../packages/core/src/ports.ts'
import { knownPlaces, namesBy } from '../../../packages/core/src/upkeep/known-places.ts'
import type { ImageRequest } from '../../../packages/core/src/request/image-request.ts'
import { entryOfBytes } from '../../support/entries.ts'
import { inputOf, requestIn } from '../../support/fakes.ts'

const fox = requestIn('![gen: a fox]()')
const hen = requestIn('![gen: a hen]()')
const owl = requestIn('![gen: an owl]()')

function told(request: ImageRequest, place: string): LedgerLine {
  return {
    schema: 1,
    attempt: 'one',
    at: '2026-11-24T00:00:00.000Z',
    requestHash: requestHashOf(request.request),
    key: authoredKeyOf(request),
    place,
    end: 'unknown',
  }
}

test('today’s content outranks the ledger, which remembers what nothing asks for any more', async () => {
  const attempts = [told(fox, 'old.md:7'), told(hen, 'hen.md:3')]
  const ledger = { read: async () => ({ attempts, faults: [] }) }
  const places = await knownPlaces(async () => inputOf([fox]), ledger)
  expect(places.ofKey(authoredKeyOf(fox))).toBe('post.md:1:1')
  expect(places.ofRequest(requestHashOf(fox.request))).toBe('post.md:1:1')
  expect(places.ofKey(authoredKeyOf(hen))).toBe('formerly hen.md:3')
  expect(places.askedBy(requestHashOf(fox.request))).toBe(authoredKeyOf(fox))
  expect(places.askedBy(requestHashOf(hen.request))).toBeUndefined()
  expect(places.ofRequest(requestHashOf(hen.request))).toBe('formerly hen.md:3')
  expect(places.ofKey(authoredKeyOf(owl))).toBeUndefined()
  const entry = entryOfBytes(owl, Buffer.from('owl'))
  expect(namesBy(places)(entry)).toBe(entry.key)
})
