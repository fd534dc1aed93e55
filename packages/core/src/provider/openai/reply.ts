import { z } from 'zod'

import type { Answer } from '../../ports.ts'
import { decodeBase64 } from './base64.ts'
import { parseUsage, type Usage } from './usage.ts'

const shape = z.object({
  data: z.array(z.object({ b64_json: z.string() })).min(1),
  usage: z.unknown().optional(),
})

/**
 * Reads the body of a 200. One without a whole picture is `unknown`: it was worked on, and so perhaps
 * billed. `priceOf` turns its usage into micro-dollars.
 */
export function readReply(
  reply: unknown,
  requestId: string | null,
  priceOf: (usage: Usage) => number | undefined,
): Answer {
  const { data } = shape.safeParse(reply)
  const encoded = data?.data[0]?.b64_json
  const bytes = encoded === undefined ? undefined : decodeBase64(encoded)
  if (bytes === undefined) {
    const message = 'The provider answered 200 without a readable picture; it may have billed'
    return { kind: 'unknown', message }
  }
  const usage = parseUsage(data?.usage)
  const microUsd = usage === undefined ? undefined : priceOf(usage)
  return {
    kind: 'image',
    bytes,
    ...(microUsd === undefined ? {} : { microUsd }),
    ...(requestId === null ? {} : { requestId }),
  }
}
