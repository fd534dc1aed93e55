import type { Settings } from '../config/settings.ts'
import { formatSize } from '../size-rule.ts'
import type { ImageRequest } from './image-request.ts'

/**
 * The final picture of a request as an edit of one of its drafts, which goes along before its references: a picture of its
 * own, with a key of its own. A mask is left out, as the draft was made by it.
 */
export function finalOf(request: ImageRequest, draft: ImageRequest): ImageRequest {
  const { mask: _mask, ...recorded } = request.request
  const explicit = new Map(request.explicit)
  explicit.delete('mask')
  // Whatever the size of the draft is.
  explicit.set('size', formatSize(request.wanted))
  return {
    ...request,
    base: draft,
    explicit,
    files: new Map([...request.files].filter(([name]) => name !== 'mask')),
    request: recorded,
    isDraft: false,
  }
}

/** The final picture of a request without its draft, as the take of that number. */
export function plainFinalOf(
  request: ImageRequest,
  { request: { take } }: ImageRequest,
): ImageRequest {
  return {
    ...request,
    explicit: new Map([...request.explicit, ['take', String(take)]]),
    request: { ...request.request, take },
    isDraft: false,
  }
}

/** Why a picture cannot be made as an edit of its draft; nothing where it can. */
export function finalFault({ request }: ImageRequest, { providers }: Settings): string | undefined {
  const { provider, model: id, frames, vector, references = [] } = request
  const model = providers.get(provider)?.models.find((one) => one.id === id)
  if (frames !== undefined || vector === true)
    return `${vector === true ? 'a drawing' : 'an animation'} is made from words alone`
  if (model?.honours.includes('vary') !== true)
    return `\`${id}\` of \`${provider}\` makes no picture from another one`
  const limit = model.maxReferences ?? 0
  return references.length > 0 && references.length >= limit
    ? `\`${id}\` takes ${limit} pictures along, and \`ref\` names as many already`
    : undefined
}
