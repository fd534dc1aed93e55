import type { Plan, PlannedImage } from '../plan/plan.ts'
import type { Entry, Key, Store } from '../ports.ts'
import type { Outcome } from './purchase.ts'

/** Gives each twin in the plan an entry of its own for what its first buyer bought, or the same setback. */
export async function shareWithTwins(
  plan: Plan,
  outcomes: ReadonlyMap<Key, Outcome>,
  store: Store,
): Promise<ReadonlyMap<Key, Outcome>> {
  const all = new Map(outcomes)
  for (const image of plan.images) {
    const first = image.source.kind === 'twin' ? outcomes.get(image.source.key) : undefined
    if (first === undefined) continue
    const isBought = first.kind === 'bought'
    const outcome = isBought ? { ...first, entry: sharedEntry(first.entry, image) } : first
    if (outcome.kind === 'bought') await store.share(outcome.entry)
    all.set(image.key, outcome)
  }
  return all
}

/**
 * Gives each image that the store holds under another authored key an entry of its own, so that a change of defaults
 * does not part them. A store that cannot be written keeps answering by the request, and nothing is lost.
 */
export async function shareStored(plan: Plan, store: Store): Promise<void> {
  for (const image of plan.images) {
    if (image.source.kind !== 'shared') continue
    try {
      await store.share(sharedEntry(image.source.entry, image))
    } catch (cause) {
      if (!isReadOnly(cause)) throw cause
    }
  }
}

function sharedEntry(entry: Entry, image: PlannedImage): Entry {
  return {
    ...entry,
    key: image.key,
    wanted: image.wanted,
    cost: { microUsd: 0, basis: entry.cost.basis },
  }
}

function isReadOnly(cause: unknown): boolean {
  if (!(cause instanceof Error) || !('code' in cause)) return false
  return cause.code === 'EROFS' || cause.code === 'EACCES' || cause.code === 'EPERM'
}
