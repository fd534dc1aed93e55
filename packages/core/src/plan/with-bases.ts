import { authoredKeyOf } from '../key/key.ts'
import type { ImageRequest } from '../request/image-request.ts'

/**
 * The requests with every picture that a new one is made from, which may stand on a page that was not read, or on a
 * draft; nothing where all are there.
 */
export function withBases(
  requests: readonly ImageRequest[],
  buyers: readonly ImageRequest[],
): readonly ImageRequest[] | undefined {
  const lacking = new Map(
    buyers.flatMap(({ base }) =>
      base === undefined ? [] : [[authoredKeyOf(base), base] as const],
    ),
  )
  if (lacking.size === 0) return undefined
  const keyed = requests.map((request) => ({ request, key: authoredKeyOf(request) }))
  for (const { request, key } of keyed) if (!request.isDraft) lacking.delete(key)
  if (lacking.size === 0) return undefined
  const onDrafts = new Set(keyed.map(({ key }) => key))
  const absent = [...lacking].filter(([key]) => !onDrafts.has(key))
  return [
    ...keyed.map(({ request, key }) => (lacking.has(key) ? published(request) : request)),
    ...absent.map(([, base]) => published(base)),
  ]
}

function published(request: ImageRequest): ImageRequest {
  return { ...request, isDraft: false }
}
