import type { Entry, Model } from '../ports.ts'
import { formatSize } from '../size-rule.ts'

/** What pictures of one size and quality took, by the usage that was billed for them. */
export interface Seen {
  readonly size: string
  readonly quality?: string
  /** Frames of an animation. */
  readonly frames?: number
  readonly vector?: true
  /** Fewest and most image tokens of an answer. */
  readonly minTokens: number
  readonly maxTokens: number
  /** Least and most that was billed, prompt and references included; absent where no answer named an amount. */
  readonly billed?: { readonly minMicroUsd: number; readonly maxMicroUsd: number }
  readonly pictures: number
}

/**
 * Reads off the store what a model bills. Pictures that several entries share count once; those that another provider
 * made in its place count for nothing.
 */
export function seenOf(model: Model, provider: string, entries: readonly Entry[]): readonly Seen[] {
  const names = new Set([model.id, ...model.aliases])
  const own = entries.filter(
    ({ request, making }) =>
      request.provider === provider &&
      names.has(request.model) &&
      (making?.provider ?? provider) === provider,
  )
  const bought = new Map(own.map((entry) => [entry.requestHash, entry]))
  const told = [...bought.values()].filter(({ cost }) => cost.usage !== undefined)
  const groups = Map.groupBy(told, (entry) => JSON.stringify(shapeOf(entry)))
  return [...groups.values()]
    .flatMap((alike) => alike.slice(0, 1).map((first) => seenAlike(first, alike)))
    .toSorted((one, other) => one.minTokens - other.minTokens)
}

function seenAlike(first: Entry, alike: readonly Entry[]): Seen {
  const tokens = alike.flatMap(({ cost }) => cost.usage?.imageOutput ?? [])
  // What an estimate stood in for teaches nothing that the table does not know.
  const amounts = alike.flatMap(({ cost }) => (cost.basis === 'usage' ? [cost.microUsd] : []))
  const billed = { minMicroUsd: Math.min(...amounts), maxMicroUsd: Math.max(...amounts) }
  return {
    ...shapeOf(first),
    minTokens: Math.min(...tokens),
    maxTokens: Math.max(...tokens),
    ...(amounts.length > 0 && { billed }),
    pictures: alike.length,
  }
}

/** As the answer names it, or else as it was asked for. */
function shapeOf({ request, making }: Entry): Pick<Seen, 'size' | 'quality' | 'frames' | 'vector'> {
  const quality = making?.quality ?? request.quality
  const { frames, vector } = request
  return {
    size: formatSize(making?.size ?? request.size),
    ...(quality !== undefined && { quality }),
    ...(frames !== undefined && { frames }),
    ...(vector !== undefined && { vector }),
  }
}
