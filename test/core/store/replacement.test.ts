import { expect, test } from 'vitest'
import { recordedRequestOf, requestHashOf, sha256Of } from '../../../packages/core/src/key/key.ts'
import type { Entry, Incident } from '../../../packages/core/src/ports.ts'
import { sharedTier } from '../../../packages/core/src/store/tiers/shared-tier.ts'
import { tieredStore } from '../../../packages/core/src/store/tiers/tiered-store.ts'
import { entryOfBytes } from '../../support/entries.ts'
import { memoryStore, requestIn } from '../../support/fakes.ts'
import { memoryRemote, memoryTier } from '../../support/memory-tier.ts'

const bytes = Buffer.from('a picture')
const entry = entryOfBytes(requestIn('![gen: a fox]()'), bytes)
const later = Buffer.from('a later picture')
const recorded = recordedRequestOf(requestIn('![gen: a fox](quality=high)'))
const replacing: Entry = {
  ...entryOfBytes(requestIn('![gen: a fox](quality=high)'), later),
  key: entry.key,
}

test('what takes the place of a picture gets to the tiers under its own request, and stands here', async () => {
  const local = memoryStore()
  const tier = memoryTier()
  const told: Incident[] = []
  const store = tieredStore({
    local,
    tiers: [sharedTier(memoryRemote(tier), tier, local.quarantine)],
    fetched: { has: async () => false, get: async () => undefined, put: async () => undefined },
    obstacle: async () => undefined,
    tell: (incident) => told.push(incident),
  })
  await store.keep(entry, bytes)
  expect(await store.replace(replacing, later)).toBe('kept')
  expect(await store.entry(entry.key)).toEqual({ kind: 'hit', value: replacing })
  expect(await store.original(replacing)).toEqual({ kind: 'hit', value: later })
  expect([...tier.objects.keys()].filter((name) => /^(?:entries|originals)/.test(name))).toEqual([
    `originals/${sha256Of(bytes)}.png`,
    `entries/${entry.requestHash}.json`,
    `originals/${sha256Of(later)}.png`,
    `entries/${requestHashOf(recorded)}.json`,
  ])
  expect(told).toEqual([])
})
