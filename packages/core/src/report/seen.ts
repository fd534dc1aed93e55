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
  readonly pictures: number
}

/** Reads off the store what a model bills. Pictures that several entries share count once. */
export function seenOf(model: Model, provider: string, entries: readonly Entry[]): readonly Seen[] {
  const names = new Set([model.id, ...model.aliases])
  const own = entries.filter(
    ({ request, cost }) =>
      request.provider === provider && names.has(request.model) && cost.usage !== undefined,
  )
  const bought = new Map(own.map((entry) => [entry.requestHash, entry]))
  const groups = Map.groupBy(bought.values(), (entry) => JSON.stringify(shapeOf(entry)))
  return [...groups.values()]
    .flatMap((alike) => {
      const [first] = alike
      if (first === undefined) return []
      const tokens = alike.flatMap(({ cost }) => cost.usage?.imageOutput ?? [])
      const range = { minTokens: Math.min(...tokens), maxTokens: Math.max(...tokens) }
      return [{ ...shapeOf(first), ...range, pictures: alike.length }]
    })
    .toSorted((one, other) => one.minTokens - other.minTokens)
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
