import { authoredKeyOf, recordedRequestOf, requestHashOf } from '../key/key.ts'
import { describePlace } from '../place.ts'
import type { PlanInput } from '../plan/plan.ts'
import type { Entry, Key, Ledger, RequestHash } from '../ports.ts'

/**
 * Where pictures stand by today's content, such as `posts/fox.md:12:1`, else where they stood when they were asked for, such
 * as `formerly posts/fox.md:12`.
 */
export interface KnownPlaces {
  ofKey(key: Key): string | undefined
  ofRequest(request: RequestHash): string | undefined
  /** The key of the picture of today's content that this request would be sent for. */
  askedBy(request: RequestHash): Key | undefined
}

/** Reads the content and the ledger for them. */
export async function knownPlaces(
  scan: () => Promise<PlanInput>,
  ledger: Ledger,
): Promise<KnownPlaces> {
  const { attempts } = await ledger.read()
  const byKey = new Map<Key, string>()
  const byRequest = new Map<RequestHash, string>()
  for (const { key, requestHash, place } of attempts) {
    if (place === undefined) continue
    if (key !== undefined) byKey.set(key, `formerly ${place}`)
    byRequest.set(requestHash, `formerly ${place}`)
  }
  const { requests } = await scan()
  const keys = new Map<RequestHash, Key>()
  // From the last to the first, so that the first place of each stays.
  for (const request of requests.toReversed()) {
    const place = describePlace(request.place)
    const requestHash = requestHashOf(recordedRequestOf(request))
    byKey.set(authoredKeyOf(request), place)
    byRequest.set(requestHash, place)
    keys.set(requestHash, authoredKeyOf(request))
  }
  return {
    ofKey: (key) => byKey.get(key),
    ofRequest: (request) => byRequest.get(request),
    askedBy: (request) => keys.get(request),
  }
}

/** Names pictures by where they stand, else by their keys. */
export function namesBy({ ofKey }: KnownPlaces): (entry: Entry) => string {
  return ({ key }) => ofKey(key) ?? key
}
