import type { Settings } from '../../config/settings.ts'
import { ImpromptError, reasonOf } from '../../error.ts'
import { authoredKeyOf } from '../../key/key.ts'
import { type EntryIndex, indexOf } from '../../plan/entry-index.ts'
import { findAll } from '../../plan/find-all.ts'
import { type Pass, findSources, nothingSeen } from '../../plan/find-source.ts'
import type { Entry, Key, Store } from '../../ports.ts'
import type { ImageRequest } from '../../request/image-request.ts'

/**
 * The keys of all entries that requests name, on drafts, too: their own and those of what they are made from, what they
 * would share, what they were bought as under a former text of their style, and the drafts that they were picked from.
 * @throws `STORE_DAMAGED` or `STORE_UNREADABLE` where an entry cannot be read
 */
export async function namedByContent(
  requests: readonly ImageRequest[],
  settings: Settings,
  entries: readonly Entry[],
): Promise<ReadonlySet<Key>> {
  const all = requests.flatMap(withBases)
  const index = { kind: 'hit', value: indexOf(entries) } as const
  const store = heldOnly(entries)
  const named = new Set<Key>()
  // What is made from a picture that is kept goes by other keys than what is made from the picture that replaces it.
  for (const keepsStyle of [true, false]) {
    const pass = { ...noHistory, keepsStyle, index, settings, store, ...nothingSeen() }
    for (const key of await keysIn(all, pass)) named.add(key)
  }
  return new Set([...named, ...draftsPicked(named, index.value)])
}

/** The drafts whose final pictures are named. */
function draftsPicked(named: ReadonlySet<Key>, { byKey }: EntryIndex): readonly Key[] {
  return [...named].flatMap((key) => byKey.get(key)?.pickedFrom ?? [])
}

/** Nothing is bought, so that neither prices nor earlier attempts matter. */
const noHistory = { verdicts: new Map(), today: '1970-01-01' } as const

function withBases(request: ImageRequest): readonly ImageRequest[] {
  return request.base === undefined ? [request] : [request, ...withBases(request.base)]
}

async function keysIn(requests: readonly ImageRequest[], pass: Pass): Promise<readonly Key[]> {
  const keys: Key[] = []
  for (const { lookUp, source } of await findSources(await findAll(requests, pass.store), pass)) {
    const former = pass.formers.get(lookUp.key)
    keys.push(lookUp.key)
    if (source !== undefined && 'entry' in source) keys.push(source.entry.key)
    if (former !== undefined) keys.push(former.entry.key)
    keys.push(...lookUp.requests.map(authoredKeyOf))
  }
  return keys
}

/** A store that holds every original that its entries speak of: one that is lost or damaged is named all the same. */
function heldOnly(entries: readonly Entry[]): Store {
  const byKey = new Map(entries.map((entry) => [entry.key, entry]))
  return {
    entry: async (key) => {
      const value = byKey.get(key)
      return value === undefined ? { kind: 'absent' } : { kind: 'hit', value }
    },
    keys: async () => ({ kind: 'hit', value: [...byKey.keys()] }),
    entries: async () => ({ kind: 'hit', value: entries }),
    shared: async () => ({ kind: 'absent' }),
    holds: async () => ({ kind: 'hit', value: true }),
    remember: async () => undefined,
    original: async () => ({ kind: 'hit', value: new Uint8Array() }),
    keep: refused,
    share: refused,
    replace: refused,
    withdraw: refused,
    restore: refused,
    quarantine: refused,
    fromQuarantine: async () => undefined,
    writeObstacle: async () => undefined,
    closure: async () => undefined,
  }
}

async function refused(): Promise<never> {
  throw new Error('a store that is only looked at was written')
}

/**
 * Every entry of a store.
 * @param state What was deleted so far, as a failure tells it.
 * @throws `STORE_DAMAGED` or `STORE_UNREADABLE`, as it cannot be told which original an unreadable entry pins
 */
export async function entriesOf(store: Store, state: string): Promise<readonly Entry[]> {
  const found = await store.entries()
  switch (found.kind) {
    case 'hit':
      return found.value
    case 'absent':
      return []
    case 'damaged':
      throw new ImpromptError(
        'STORE_DAMAGED',
        `\`${found.path}\`: ${found.fault}, so that it cannot be told which bytes it pins; ${state}. \`imprompt doctor\` says what to do`,
      )
    case 'unknown':
      throw new ImpromptError(
        'STORE_UNREADABLE',
        `\`${found.path}\` cannot be read: ${reasonOf(found.cause)}; ${state}`,
      )
  }
}
