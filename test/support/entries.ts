import {
  authoredKeyOf,
  recordedRequestOf,
  requestHashOf,
  sha256Of,
} from '../../packages/core/src/key/key.ts'
import type { Entry } from '../../packages/core/src/ports.ts'
import type { ImageRequest } from '../../packages/core/src/request/image-request.ts'

/** What the store remembers of a picture that was bought for a request, and whose original these bytes are. */
export function entryOfBytes(
  request: ImageRequest,
  bytes: Uint8Array,
  more: Partial<Entry> = {},
): Entry {
  const recorded = recordedRequestOf(request)
  return {
    schema: 1,
    key: authoredKeyOf(request),
    requestHash: requestHashOf(recorded),
    request: recorded,
    wanted: request.wanted,
    original: {
      sha256: sha256Of(bytes),
      format: 'png',
      width: 1536,
      height: 1024,
      bytes: bytes.length,
      isOpaque: true,
      digitalSourceType: 'trainedAlgorithmicMedia',
    },
    cost: { microUsd: 41_000, basis: 'usage' },
    boughtAt: '2026-11-01T00:00:00.000Z',
    ...more,
  }
}
