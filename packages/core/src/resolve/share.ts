import type { Plan, PlannedImage } from '../plan/plan.ts'
import type { Entry, Key, Store } from '../ports.ts'
import type { Outcome } from './outcome.ts'

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
    if (first.kind !== 'bought' && first.kind !== 'found') {
      all.set(image.key, first)
      continue
    }
    const entry = sharedEntry(first.entry, image)
    await share(entry, store)
    all.set(image.key, { kind: 'bought', entry })
  }
  return all
}

/**
 * Gives each image that the store holds under another authored key an entry of its own, so that neither a change of
 * defaults nor one of its style parts them.
 */
export async function shareStored(plan: Plan, store: Store): Promise<void> {
  for (const image of plan.images) {
    const { source } = image
    if (source.kind === 'shared' || source.kind === 'kept')
      await share(sharedEntry(source.entry, image), store)
  }
}

/** Where the entry cannot be written nothing is lost: the next build finds the image by its request again. */
async function share(entry: Entry, store: Store): Promise<void> {
  await store.share(entry).catch(() => undefined)
}

/** The entry of an image for what was bought as another one, or on another machine. */
export function sharedEntry(entry: Entry, image: PlannedImage): Entry {
  const { style: _style, keptFor: _request, pickedFrom: _draft, former, ...bought } = entry
  return {
    ...bought,
    key: image.key,
    ...(image.style !== undefined && { style: image.style }),
    ...(image.source.kind === 'kept' && {
      keptFor: image.requestHash,
      ...(former !== undefined && { former }),
    }),
    wanted: image.wanted,
    // What was bought under this very key cost what it cost, on whatever machine.
    ...(entry.key !== image.key && { cost: { microUsd: 0, basis: entry.cost.basis } }),
  }
}

/**
 * The entry of an image for the final picture that was made of a draft of it: what the image would be bought as today is
 * there with it.
 * @param draft Key of the draft.
 */
export function pickedEntry(final: Entry, image: PlannedImage, draft: Key): Entry {
  const { cost } = final
  return { ...sharedEntry(final, image), keptFor: image.requestHash, pickedFrom: draft, cost }
}
