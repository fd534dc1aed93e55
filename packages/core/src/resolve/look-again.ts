import { reasonOf } from '../error.ts'
import type { NewImage } from '../plan/budget.ts'
import { type Consent, isBarred } from '../plan/consent.ts'
import type { Entry, Found, Store, Verdict } from '../ports.ts'
import { versionsOf } from '../versions.ts'
import type { Outcome } from './outcome.ts'
import { sharedEntry } from './share.ts'

/** Where it is looked what others did since a plan was made. */
export interface LookAgainPorts {
  readonly store: Store
  readonly consent: Consent
  /** What earlier attempts at the image say. */
  readonly verdictOf: (image: NewImage) => Promise<Verdict | undefined>
}

/** What keeps an image from being asked for; or what is known of earlier attempts at it, which keeps it from nothing. */
export type Look =
  | { readonly kind: 'settled'; readonly outcome: Outcome }
  | { readonly kind: 'missing'; readonly verdict: Verdict | undefined }

/**
 * Whether an image that was missing when the plan was made is so still, and may be asked for. Tells only once nobody else
 * can begin to buy it. Never rejects.
 */
export async function lookAgain(
  image: NewImage,
  { store, consent, verdictOf }: LookAgainPorts,
): Promise<Look> {
  const found = await foundMeanwhile(image, store)
  if (found !== undefined) return { kind: 'settled', outcome: found }
  try {
    const verdict = await verdictOf(image)
    if (verdict === undefined || !isBarred(verdict, consent)) return { kind: 'missing', verdict }
    return { kind: 'settled', outcome: outcomeOf(verdict, image) }
  } catch (cause) {
    const message = `what became of earlier attempts cannot be read: ${reasonOf(cause)}`
    return { kind: 'settled', outcome: { kind: 'failed', scope: 'run', message } }
  }
}

/** What other builds bought since the plan was made, here or on other machines; or why that cannot be told. */
async function foundMeanwhile(image: NewImage, store: Store): Promise<Outcome | undefined> {
  const here = await store.entry(image.key)
  if (here.kind === 'unknown' || here.kind === 'damaged') return unreadable(here)
  // An entry of another request is what the plan replaces, such as a sketch.
  const known = here.kind === 'hit' ? versionsOf(here.value) : []
  const bought = known.find(({ requestHash }) => requestHash === image.requestHash)
  if (bought !== undefined && bought === known[0]) return { kind: 'found', entry: bought }
  const elsewhere: Found<Entry> =
    bought === undefined ? await store.shared(image.requestHash) : { kind: 'hit', value: bought }
  if (elsewhere.kind === 'unknown' || elsewhere.kind === 'damaged') return unreadable(elsewhere)
  if (elsewhere.kind === 'absent') return undefined
  const entry = sharedEntry(elsewhere.value, image)
  try {
    await store.share(entry)
    return { kind: 'found', entry }
  } catch (cause) {
    const message = `another build bought it, and it could not be stored here: ${reasonOf(cause)}`
    return { kind: 'failed', scope: 'run', message }
  }
}

function unreadable(found: Found<unknown> & { kind: 'unknown' | 'damaged' }): Outcome {
  const reason = found.kind === 'damaged' ? found.fault : reasonOf(found.cause)
  const message = `\`${found.path}\` cannot be read, so that it may hold this very picture: ${reason}; mend or delete it`
  return { kind: 'failed', scope: 'run', message }
}

/** What became of the attempt of another process, since the plan was made. */
function outcomeOf(verdict: Verdict, { source }: NewImage): Outcome {
  switch (verdict.kind) {
    case 'refused':
      return { ...verdict, scope: 'prompt' }
    case 'unknown':
      return { worstMicroUsd: source.estimate.worstMicroUsd, ...verdict }
    case 'submitted':
      return { kind: 'failed', scope: 'image', message: verdict.message }
  }
}
