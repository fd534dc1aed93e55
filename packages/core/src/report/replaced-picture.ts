import type { PlannedImage, Replaced } from '../plan/plan.ts'
import { formatSize } from '../size-rule.ts'
import { attributesThatDiffer } from './attributes-that-differ.ts'

/** A stored picture whose place another one takes, as it was asked for; amounts are micro-dollars. */
export interface ReplacedPicture {
  readonly provider: string
  readonly model: string
  readonly size: string
  readonly quality?: string
  /** What was paid for it. */
  readonly microUsd: number
  /** `YYYY-MM-DD` on which its model is shut down; absent for one that goes on. */
  readonly retiresOn?: string
  /** What makes another picture of it today, such as `model`. */
  readonly differs: readonly string[]
}

/** Tells of what stands in the place of a planned image. */
export function replacedPicture(
  image: PlannedImage,
  { entry, retiresOn }: Replaced,
): ReplacedPicture {
  const { provider, model, size, quality } = entry.request
  // Its author wrote the same, or it would have another key: a style alone has another prompt sent.
  const differs = attributesThatDiffer(image, entry).map((name) =>
    name === 'prompt' ? 'style' : name,
  )
  return {
    provider,
    model,
    size: formatSize(size),
    ...(quality !== undefined && { quality }),
    microUsd: entry.cost.microUsd,
    ...(retiresOn !== undefined && { retiresOn }),
    differs: [...new Set(differs)],
  }
}
