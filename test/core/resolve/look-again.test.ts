import { beforeEach, expect, test } from 'vitest'
import { type NewImage, newImages } from '../../../packages/core/src/plan/budget.ts'
import { noConsent } from '../../../packages/core/src/plan/consent.ts'
import { planFor } from '../../../packages/core/src/plan/plan.ts'
import type { Entry } from '../../../packages/core/src/ports.ts'
import { type Look, lookAgain } from '../../../packages/core/src/resolve/look-again.ts'
import { entryOfBytes } from '../../support/entries.ts'
import {
  type MemoryStore,
  fakeProvider,
  inputOf,
  memoryStore,
  requestIn,
  settingsOf,
} from '../../support/fakes.ts'

const provider = fakeProvider(() => Promise.reject(new Error('nobody asks')))
const settings = settingsOf({}, provider)
const request = requestIn('![gen: a fox]()', settings)
const bought = entryOfBytes(request, Buffer.from('a fox'))
/** What stands under the same key, and was asked for otherwise. */
const other: Entry = {
  ...entryOfBytes(requestIn('![gen: a fox](quality=low)', settings), Buffer.from('a pale fox')),
  key: bought.key,
}

let store: MemoryStore
let image: NewImage
beforeEach(async () => {
  store = memoryStore()
  const history = { verdicts: new Map(), keepsStyle: false, today: '2026-11-23' }
  const [first] = newImages(await planFor(inputOf([request]), settings, store, history))
  if (first === undefined) throw new Error('nothing is missing')
  image = first
})

function look(): Promise<Look> {
  return lookAgain(image, { store, consent: noConsent, verdictOf: async () => undefined })
}

test('an image is missing where its key has nothing, or what was asked for otherwise', async () => {
  expect(await look()).toEqual({ kind: 'missing', verdict: undefined })
  store.kept.set(other.key, other)
  expect(await look()).toEqual({ kind: 'missing', verdict: undefined })
})

test('what its key has by now is found', async () => {
  store.kept.set(bought.key, bought)
  expect(await look()).toEqual({ kind: 'settled', outcome: { kind: 'found', entry: bought } })
})

test('what its key had, and another picture took the place of since, is put back and not bought again', async () => {
  store.kept.set(other.key, { ...other, former: [bought] })
  expect(await look()).toMatchObject({
    kind: 'settled',
    outcome: { kind: 'found', entry: { key: bought.key, original: bought.original } },
  })
  expect(store.kept.get(bought.key)).toMatchObject({ requestHash: bought.requestHash })
})
