import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { recordedRequestOf, requestHashOf, sha256Of } from '../../../packages/core/src/key/key.ts'
import type { Entry, Incident } from '../../../packages/core/src/ports.ts'
import { recover } from '../../../packages/core/src/resolve/recover.ts'
import { fsStore } from '../../../packages/core/src/store/fs-store.ts'
import { fsJournal } from '../../../packages/core/src/store/journal.ts'
import { sharedTier } from '../../../packages/core/src/store/tiers/shared-tier.ts'
import { tieredStore } from '../../../packages/core/src/store/tiers/tiered-store.ts'
import { pullAll, pushAll } from '../../../packages/core/src/store/tiers/transfer.ts'
import { entryOfBytes } from '../../support/entries.ts'
import { freeClaims, memoryStore, requestIn } from '../../support/fakes.ts'
import { memoryRemote, memoryTier } from '../../support/memory-tier.ts'
import { makeProject } from '../../support/project.ts'

const bytes = Buffer.from('a picture')
const entry = entryOfBytes(requestIn('![gen: a fox]()'), bytes)
const later = Buffer.from('a later picture')
const recorded = recordedRequestOf(requestIn('![gen: a fox](quality=high)'))
const edited = Buffer.from('what a person made of it')
const adopted: Entry = {
  ...entry,
  request: { ...entry.request, adopted: sha256Of(edited) },
  requestHash: requestHashOf({ ...entry.request, adopted: sha256Of(edited) }),
  original: {
    ...entry.original,
    sha256: sha256Of(edited),
    bytes: edited.length,
    digitalSourceType: 'compositeWithTrainedAlgorithmicMedia',
  },
  adopted: { file: 'fox.png' },
  former: [entry],
}
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

test.for([
  ['still stands there', 'yes', entry],
  ['gave way to another one meanwhile', 'no', { ...entry, boughtAt: '2026-10-01T00:00:00.000Z' }],
] as const)(
  'a purchase that was to take the place of a picture, and whose build was killed, where that one %s: %s',
  async ([, isReplaced, standing]) => {
    using project = makeProject({})
    const folder = project.path('.imprompt')
    const store = fsStore(folder)
    const journal = fsJournal(folder)
    const other = Buffer.from(isReplaced === 'yes' ? bytes : 'what somebody put there')
    const there = { ...standing, original: { ...entry.original, sha256: sha256Of(other) } }
    await store.keep(there, other)
    const intent = {
      id: randomUUID(),
      requestHash: replacing.requestHash,
      worstMicroUsd: 50_000,
      replaces: entry.original.sha256,
    }
    await journal.begin(intent)
    await journal.receive(intent, { ...replacing, boughtAt: '2026-11-02T00:00:00.000Z' })
    await store.restore(replacing.original, later)
    await recover({ store: fsStore(folder), journal, claims: freeClaims })
    const expected = isReplaced === 'yes' ? replacing : there
    expect(await fsStore(folder).entry(entry.key)).toMatchObject({
      value: { original: { sha256: expected.original.sha256 } },
    })
    expect(await store.original(replacing)).toEqual({ kind: 'hit', value: later })
    expect((await journal.verdicts()).size).toBe(0)
  },
)

test('what a killed build bought takes the place of nothing that took its own since', async () => {
  using project = makeProject({})
  const folder = project.path('.imprompt')
  const store = fsStore(folder)
  const journal = fsJournal(folder)
  await store.keep(entry, bytes)
  const { requestHash } = replacing
  const replaces = entry.original.sha256
  const intent = { id: randomUUID(), requestHash, worstMicroUsd: 50_000, replaces }
  await journal.begin(intent)
  await journal.receive(intent, replacing)
  await store.keep(replacing, later)
  // Its build was killed here; a person went back to what was there before.
  await store.replace(entry, bytes)
  await recover({ store, journal, claims: freeClaims })
  expect(await fsStore(folder).entry(entry.key)).toEqual({
    kind: 'hit',
    value: { ...entry, former: [replacing] },
  })
  expect((await journal.verdicts()).size).toBe(0)
})

test('what a killed build bought waits below the picture that a person adopted since', async () => {
  using project = makeProject({})
  const folder = project.path('.imprompt')
  const store = fsStore(folder)
  const journal = fsJournal(folder)
  await store.keep(entry, bytes)
  const intent = { id: randomUUID(), requestHash: replacing.requestHash, worstMicroUsd: 50_000 }
  await journal.begin(intent)
  await journal.receive(intent, replacing)
  await store.restore(replacing.original, later)
  await store.replace(adopted, edited)
  await recover({ store, journal, claims: freeClaims })
  expect(await fsStore(folder).entry(entry.key)).toEqual({
    kind: 'hit',
    value: { ...adopted, former: [replacing, entry] },
  })
  expect((await journal.verdicts()).size).toBe(0)
})

test('what a person adopted is taken away by no build, and tells of what one bought meanwhile', async () => {
  using project = makeProject({})
  const store = fsStore(project.path('.imprompt'))
  const standing = async (): Promise<Entry | undefined> => {
    const found = await fsStore(project.path('.imprompt')).entry(entry.key)
    return found.kind === 'hit' ? found.value : undefined
  }
  await store.keep(entry, bytes)
  const { former: _former, ...fresh } = adopted
  await store.replace(fresh, edited)
  expect(await standing()).toEqual(adopted)
  await store.keep(replacing, later)
  expect(await standing()).toEqual({ ...adopted, former: [replacing, entry] })
  expect(await store.original(replacing)).toEqual({ kind: 'hit', value: later })
  await store.replace(replacing, later)
  expect(await standing()).toEqual({ ...replacing, former: [entry] })
  // Gone back to, and forth.
  await store.share(entry)
  expect(await standing()).toEqual({ ...entry, former: [replacing] })
})

test('a sketch that a purchase takes the place of is forgotten', async () => {
  using project = makeProject({})
  const store = fsStore(project.path('.imprompt'))
  const digitalSourceType = 'algorithmicMedia'
  await store.keep({ ...entry, original: { ...entry.original, digitalSourceType } }, bytes)
  await store.keep(replacing, later)
  expect(await store.entry(entry.key)).toEqual({ kind: 'hit', value: replacing })
})

test('what was bought before a picture was adopted is pushed and pulled along with that', async () => {
  const [local, other, tier] = [memoryStore(), memoryStore(), memoryTier()]
  const tiers = [sharedTier(memoryRemote(tier), tier, local.quarantine)]
  await local.keep(entry, bytes)
  await local.replace(adopted, edited)
  expect(await pushAll(local, tiers)).toMatchObject({ moved: 2, faults: [] })
  // The entry comes by git.
  await other.share(adopted)
  const store = tieredStore({
    local: other,
    tiers,
    fetched: { has: async () => false, get: async () => undefined, put: async () => undefined },
    obstacle: async () => undefined,
    tell: () => undefined,
  })
  expect(await pullAll(other, store)).toMatchObject({ moved: 2, faults: [] })
  expect([...other.originals.values()]).toEqual([edited, bytes])
  expect(await other.entry(entry.key)).toEqual({ kind: 'hit', value: adopted })
})

test('an entry is taken away unless another one stands there by then, and its bytes stay', async () => {
  using project = makeProject({})
  const store = fsStore(project.path('.imprompt'))
  await store.keep(entry, bytes)
  await store.withdraw(adopted)
  expect((await store.entry(entry.key)).kind).toBe('hit')
  await store.withdraw(entry)
  expect(await store.entry(entry.key)).toEqual({ kind: 'absent' })
  expect(await store.original(entry)).toEqual({ kind: 'hit', value: bytes })
  await store.withdraw(entry)
})
