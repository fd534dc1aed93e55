import type { Entry } from '../ports.ts'
import { formatSize } from '../size-rule.ts'

/** One thing that was made otherwise than it was asked for. */
export interface Substitution {
  readonly name: 'provider' | 'model' | 'size' | 'quality' | 'background'
  readonly asked: string
  readonly made: string
}

/**
 * What a provider says it made otherwise. Where a stand-in of `fallback` answered, that says it all; `auto` leaves it to
 * the provider; and a model may call itself by a name that is a part of the one that was asked for.
 */
export function substitutionsIn({ request, making }: Entry): readonly Substitution[] {
  if (making === undefined) return []
  const { provider } = making
  if (provider !== undefined) return [{ name: 'provider', asked: request.provider, made: provider }]
  const { model, size, quality, background } = making
  const isAlias =
    model !== undefined && (request.model.startsWith(model) || model.startsWith(request.model))
  const pairs = [
    ['model', request.model, isAlias ? undefined : model],
    ['size', formatSize(request.size), size && formatSize(size)],
    ['quality', request.quality, quality],
    ['background', request.background, background],
  ] as const
  return pairs.flatMap(([name, asked, made]) =>
    asked === undefined || asked === 'auto' || made === undefined || made === asked
      ? []
      : [{ name, asked, made }],
  )
}
