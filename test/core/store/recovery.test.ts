import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sha256Of } from '../../../packages/core/src/key/key.ts'
import type { ClaimEnd, Claims, Intent, Journal, Store } from '../../../packages/core/src/ports.ts'
import { recover } from '../../../packages/core/src/resolve/recover.ts'
import { originalPath } from '../../../packages/core/src/store/address.ts'
import { thisProcess } from '../../../packages/core/src/store/claim/holder.ts'
import { fsDerivedStore } from '../../../packages/core/src/store/derived-store.ts'
import { fsStore } from '../../../packages/core/src/store/fs-store.ts'
import { fsJournal } from '../../../packages/core/src/store/journal.ts'
import { putAside, takeBack } from '../../../packages/core/src/store/quarantine.ts'
import { type LocalPorts, openTiers } from '../../../packages/core/src/store/tiers/open-tiers.ts'
import { freeClaims, requestIn } from '../../support/fakes.ts'
import { memoryRemote, memoryTier } from '../../support/memory-tier.ts'
import { type TestProject, makeProject } from '../../support/project.ts'
import { entryOfBytes } from '../../support/entries.ts'
import { virtualClock } from '../../support/virtual-clock.ts'

const original = Buffer.from('bytes that were paid for')
const request = requestIn('![gen: a fox]()')
const entry = entryOfBytes(request, original)

let project: TestProject
let folder: string
let store: Store
let journal: Journal
beforeEach(() => {
  project = makeProject({})
  folder = project.path('.imprompt')
  store = fsStore(folder)
  journal = fsJournal(folder)
})
afterEach(() => project[Symbol.dispose]())

/** As a build leaves it that was killed after its reply arrived. */
async function receivedAndKilled(): Promise<Intent> {
  const intent = { id: randomUUID(), requestHash: entry.requestHash, worstMicroUsd: 50_000 }
  await journal.begin(intent)
  await journal.receive(intent, entry)
  return intent
}

function writeOriginal(bytes: Uint8Array): void {
  const path = join(folder, originalPath(entry.original))
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, bytes)
}

/** This machine, with a store that has tiers. */
function here(local: Store): LocalPorts {
  return {
    store: local,
    claims: freeClaims,
    fetched: fsDerivedStore(join(folder, 'derived')),
    environment: {},
    clock: virtualClock(),
    holder: thisProcess(),
  }
}

const recovered = (claims: Claims = freeClaims): Promise<void> =>
  recover({ store, journal, claims })

describe('a purchase whose build was killed', () => {
  test('is unknown before its reply arrived, and stays so', async () => {
    await journal.begin({
      id: randomUUID(),
      requestHash: entry.requestHash,
      worstMicroUsd: 50_000,
    })
    await recovered()
    expect([...(await journal.verdicts()).values()]).toMatchObject([
      { kind: 'unknown', worstMicroUsd: 50_000 },
    ])
  })

  test('gets its entry where its bytes are stored', async () => {
    await receivedAndKilled()
    writeOriginal(original)
    await recovered()
    expect(await store.entry(entry.key)).toEqual({ kind: 'hit', value: entry })
    expect(await store.original(entry)).toEqual({ kind: 'hit', value: original })
    expect((await journal.verdicts()).size).toBe(0)
    expect(readdirSync(join(folder, 'journal'))).toEqual([])
  })

  test('is settled where its entry is there as well', async () => {
    await receivedAndKilled()
    await store.keep(entry, original)
    await recovered()
    expect((await journal.verdicts()).size).toBe(0)
  })

  test.for([
    ['earlier', '2026-10-31T00:00:00.000Z'],
    ['later', '2026-12-01T00:00:00.000Z'],
  ] as const)(
    'is settled where somebody else bought it %s, and the earlier one stands',
    async ([when, boughtAt]) => {
      await receivedAndKilled()
      writeOriginal(original)
      const bytes = Buffer.from('bytes that somebody else paid for')
      const theirs = { ...entryOfBytes(request, bytes), boughtAt }
      await store.keep(theirs, bytes)
      await recovered()
      const standing = when === 'earlier' ? theirs : entry
      expect(await store.entry(entry.key)).toEqual({ kind: 'hit', value: standing })
      for (const [one, value] of [
        [entry, original],
        [theirs, bytes],
      ] as const)
        expect(await store.original(one)).toEqual({ kind: 'hit', value })
      expect((await journal.verdicts()).size).toBe(0)
    },
  )

  test('is found where its record was put aside, and what is in its place is torn', async () => {
    const { id } = await receivedAndKilled()
    writeOriginal(original)
    const name = `${entry.requestHash}.${id}.json`
    const path = join(folder, 'journal', name)
    await putAside(readFileSync(path), [join(folder, 'quarantine')], name)
    writeFileSync(path, '{')
    expect([...(await journal.verdicts()).values()]).toMatchObject([{ worstMicroUsd: 50_000 }])
    await recovered()
    expect(await store.entry(entry.key)).toEqual({ kind: 'hit', value: entry })
    expect((await journal.verdicts()).size).toBe(0)
  })

  test('is stored from where its bytes were put aside', async () => {
    const intent = await receivedAndKilled()
    const path = await store.quarantine(original)
    await journal.settle(intent, { kind: 'unknown', message: `ENOSPC; kept in ${path}` })
    await recovered()
    expect(await store.original(entry)).toEqual({ kind: 'hit', value: original })
    expect((await journal.verdicts()).size).toBe(0)
  })

  test.for([['absent'], ['damaged']] as const)(
    'is unknown where its bytes are %s, and stays on record',
    async ([state]) => {
      await receivedAndKilled()
      if (state === 'damaged') writeOriginal(Buffer.from('other bytes'))
      await recovered()
      expect(await store.entry(entry.key)).toEqual({ kind: 'absent' })
      expect([...(await journal.verdicts()).values()]).toMatchObject([{ kind: 'unknown' }])
    },
  )

  test.for([['its bytes alone'], ['its entry as well']] as const)(
    'gets to where other machines look for it, where the store holds %s',
    async ([state]) => {
      await receivedAndKilled()
      if (state === 'its bytes alone') writeOriginal(original)
      else await store.keep(entry, original)
      const tier = memoryTier()
      const { store: tiered } = openTiers([memoryRemote(tier)], here(store), {
        isBestEffort: false,
        isOnlyRemote: false,
      })
      await recover({ store: tiered, journal, claims: freeClaims })
      expect([...tier.objects.keys()]).toEqual([
        'format.json',
        `originals/${entry.original.sha256}.png`,
        `entries/${entry.requestHash}.json`,
      ])
      expect((await journal.verdicts()).size).toBe(0)
    },
  )

  test.for([
    ['unpushed', true],
    ['resolved', false],
  ] as const)('leaves its claim %s, as remotes take it', async ([end, refusesWrites]) => {
    await receivedAndKilled()
    writeOriginal(original)
    const tier = memoryTier()
    tier.faults.refusesWrites = refusesWrites
    const { store: tiered } = openTiers([memoryRemote(tier)], here(store), {
      isBestEffort: false,
      isOnlyRemote: false,
    })
    const ends: ClaimEnd[] = []
    const claims: Claims = {
      ...freeClaims,
      claim: async () => ({ begin: async () => true, end: async (one) => void ends.push(one) }),
    }
    await recover({ store: tiered, journal, claims })
    expect(ends).toEqual([end])
    expect((await journal.verdicts()).size).toBe(0)
  })

  test('is waited for no longer than a person does', async () => {
    await receivedAndKilled()
    writeOriginal(original)
    const stop = new AbortController()
    const claims: Claims = {
      ...freeClaims,
      claim: (_name, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason))
          stop.abort()
        }),
    }
    await recover({ store, journal, claims, stop: stop.signal })
    expect(await store.entry(entry.key)).toEqual({ kind: 'absent' })
    expect((await journal.verdicts()).size).toBe(1)
  })

  test('is left to the build that is about it', async () => {
    await receivedAndKilled()
    writeOriginal(original)
    await recovered({ ...freeClaims, isHeld: async () => true })
    expect(await store.entry(entry.key)).toEqual({ kind: 'absent' })
  })
})

describe('bytes that are put aside', () => {
  test('go where a place takes them', async () => {
    project.write({ full: 'a file where a folder should be' })
    const places = [project.path('full/quarantine'), project.path('other')]
    const path = await putAside(original, places)
    expect(path).toBe(project.path(`other/${sha256Of(original)}`))
    expect(takeBack(sha256Of(original), places)).toEqual(original)
  })

  test('are refused with the reason of the first place where none takes them', async () => {
    project.write({ full: '', fuller: '' })
    const places = [project.path('full/a'), project.path('fuller/b')]
    await expect(putAside(original, places)).rejects.toThrow(project.path('full/a'))
  })

  test('are not taken back where they are others by now', async () => {
    const path = await putAside(original, [project.path('a')])
    writeFileSync(path, 'other bytes')
    expect(takeBack(sha256Of(original), [project.path('a')])).toBeUndefined()
    rmSync(path)
    expect(existsSync(path)).toBe(false)
    expect(takeBack(sha256Of(original), [project.path('a')])).toBeUndefined()
  })
})

test('a disk without room is an obstacle before anything is bought', async () => {
  expect(await store.writeObstacle(1000)).toBeUndefined()
  expect(await store.writeObstacle(10 ** 15)).toMatch(
    /[kM]B left, and the new pictures may need 1000000000\.0 MB$/,
  )
})
