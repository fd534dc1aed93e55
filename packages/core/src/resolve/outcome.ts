import type { PlannedImage } from '../plan/plan.ts'
import type { Entry } from '../ports.ts'

/** What became of one image that was to be bought. */
export type Outcome =
  | {
      readonly kind: 'bought'
      readonly entry: Entry
      /** Whether no remote took it, so that other machines do not find it. */
      readonly isUnpushed?: true
      /** Why the ledger does not tell of it yet; the next build sees to that. */
      readonly untold?: string
      /** What earlier attempts at it may have been billed as well; absent where there were none of unknown outcome. */
      readonly earlierMicroUsd?: number
    }
  /** Another build bought it since the plan was made. */
  | { readonly kind: 'found'; readonly entry: Entry }
  /** Nothing was made, nor will be: see `Answer`. */
  | {
      readonly kind: 'refused'
      readonly scope: 'prompt' | 'image' | 'run'
      readonly code: string
      readonly message: string
      /** What was billed all the same; 0 where left out. */
      readonly microUsd?: number
    }
  /**
   * Nothing was made: the provider stayed busy, or the queue was stopped before this image's turn. With the scope `image`
   * the reason lies in this image alone.
   */
  | {
      readonly kind: 'failed'
      readonly scope: 'image' | 'run'
      readonly message: string
      /** Default `IMAGES_MISSING`. */
      readonly code?: 'BUDGET_EXCEEDED'
    }
  /** It may have been billed, up to the worst case. */
  | {
      readonly kind: 'unknown'
      readonly message: string
      readonly worstMicroUsd: number
      /** Whether it may wait in the batch that it was to be handed in with, which is on record. */
      readonly isWaiting?: true
    }

/** The entry that stands for an image after a build: the one just bought, or the one found. */
export function entryAfter(image: PlannedImage, outcome: Outcome | undefined): Entry | undefined {
  if (outcome?.kind === 'bought' || outcome?.kind === 'found') return outcome.entry
  return 'entry' in image.source ? image.source.entry : undefined
}
