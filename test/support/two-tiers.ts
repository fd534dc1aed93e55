import type { Entry, Incident, Remote, Store } from '../../packages/core/src/ports.ts'
import { encodeEntry } from '../../packages/core/src/store/entry.ts'
import { type SharedTier, sharedTier } from '../../packages/core/src/store/tiers/shared-tier.ts'
import { tieredStore } from '../../packages/core/src/store/tiers/tiered-store.ts'
import { entryOfBytes } from './entries.ts'
import { type MemoryStore, memoryStore, requestIn } from './fakes.ts'
import { type MemoryTier, memoryRemote, memoryTier } from './memory-tier.ts'

/** A picture that is in no store so far. */
export const bytes: Buffer = Buffer.from('a picture')
export const entry: Entry = entryOfBytes(requestIn('![gen: a fox]()'), bytes)
/** Where tiers keep it. */
export const originalName: string = `originals/${entry.original.sha256}.${entry.original.format}`
export const entryName: string = `entries/${entry.requestHash}.json`

type Traits = Partial<Pick<Remote, 'isTrusted' | 'isReadOnly'>>

/** A store in memory with two tiers behind it, of which `near` is asked first. */
export interface TwoTiers {
  readonly local: MemoryStore
  readonly near: MemoryTier
  readonly far: MemoryTier
  /** What was fetched. */
  readonly cache: Map<string, Uint8Array>
  readonly told: Incident[]
  tiersOf(nearTraits?: Traits, farTraits?: Traits): readonly SharedTier[]
  store(nearTraits?: Traits, farTraits?: Traits): Store
}

/** Tiers that are empty. @param local The store. Default an empty one. */
export function twoTiers(local: MemoryStore = memoryStore()): TwoTiers {
  const [near, far] = [memoryTier(), memoryTier()]
  const cache = new Map<string, Uint8Array>()
  const told: Incident[] = []
  const tiersOf: TwoTiers['tiersOf'] = (nearTraits, farTraits) => [
    sharedTier(memoryRemote(near, { name: 'near', ...nearTraits }), near, local.quarantine),
    sharedTier(memoryRemote(far, { name: 'far', ...farTraits }), far, local.quarantine),
  ]
  return {
    local,
    near,
    far,
    cache,
    told,
    tiersOf,
    store: (nearTraits, farTraits) =>
      tieredStore({
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
      }),
  }
}

/** Puts the picture into a tier. */
export function fill(tier: MemoryTier): void {
  tier.objects.set(originalName, bytes)
  tier.objects.set(entryName, Buffer.from(encodeEntry(entry)))
}
