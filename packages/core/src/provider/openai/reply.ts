import { z } from 'zod'

import type { Answer, Making } from '../../ports.ts'
import { parseSize } from '../../size-rule.ts'
import { hide, redact } from '../redact.ts'
import { decodeBase64 } from '../base64.ts'
import { authorBill } from './drawing-bill.ts'
import { type CachedInput, parseCachedInput, parseUsage, type Usage } from './usage.ts'

const maxExcerpt = 200

const text = z.string().optional().catch(undefined)
const item = z.object({ b64_json: text, url: text, revised_prompt: text })
const shape = z.object({
  data: z.array(item).min(1),
  usage: z.unknown().optional(),
  svg_usage: z.unknown().optional(),
  model: text,
  size: text,
  quality: text,
  background: text,
})
type Reply = z.infer<typeof shape>

/** The address of the one picture of a reply that holds none of its bytes. */
export function linkOf(reply: unknown): string | undefined {
  const items = shape.safeParse(reply).data?.data ?? []
  const [only, ...others] = items
  return others.length === 0 && only?.b64_json === undefined ? only?.url : undefined
}

/** What a reply is read with. */
export interface Reader {
  /** It never shows in an answer. */
  readonly key: string
  readonly requestId: string | null
  /** Micro-dollars of a usage; nothing where no price is known. */
  readonly priceOf: (usage: Usage, cached?: CachedInput) => number | undefined
  /** Whether pictures went along with the request. */
  readonly hasPictures: boolean
  /** What the address in the reply led to. */
  readonly fetched?: Uint8Array
}

/** Reads the body of a 200. One without exactly one whole picture is `unknown`: it was worked on, and perhaps billed. */
export function readReply(reply: unknown, reader: Reader): Answer {
  const { key, requestId, hasPictures, fetched } = reader
  const known = requestId === null ? {} : { requestId: redact(requestId, key) }
  if (reply instanceof Uint8Array) {
    const message =
      'The provider answered 200 with a bare picture in place of JSON; it may have billed'
    return { kind: 'unknown', message, received: [reply], ...known }
  }
  const { data } = shape.safeParse(reply)
  const items = data?.data ?? []
  const pictures = items.flatMap(({ b64_json: encoded = '' }) => decodeBase64(encoded) ?? [])
  const [bytes] = fetched === undefined ? pictures : [fetched]
  if (data === undefined || bytes === undefined || items.length !== 1) {
    const said = items.length > 1 ? `${items.length} pictures for one` : 'no readable picture'
    const message = `The provider answered 200 with ${said}: ${excerptOf(reply, key)}; it may have billed`
    return { kind: 'unknown', message, ...received(pictures), ...known }
  }
  const usage = parseUsage(data.usage, hasPictures)
  const microUsd = billOf(data, bytes, reader)
  const making = makingOf(data)
  return {
    kind: 'image',
    bytes,
    ...(microUsd === undefined ? {} : { microUsd }),
    ...(usage === undefined ? {} : { usage }),
    ...(Object.keys(making).length === 0 ? {} : { making }),
    ...known,
  }
}

/** Nothing where a part is not told, or has no price; so it is of a picture that took no tokens, as servers say that count none. */
function billOf(
  { usage: reported, svg_usage: drawing }: Reply,
  bytes: Uint8Array,
  { priceOf, hasPictures }: Reader,
): number | undefined {
  const usage = parseUsage(reported, hasPictures)
  if (usage === undefined || usage.imageOutput === 0) return undefined
  const picture = priceOf(usage, parseCachedInput(reported))
  const author = authorBill(drawing, bytes)
  return picture === undefined || author === undefined ? undefined : picture + author
}

function received(pictures: readonly Uint8Array[]): { readonly received?: readonly Uint8Array[] } {
  return pictures.length === 0 ? {} : { received: pictures }
}

function makingOf({ model, size, quality, background, data }: Reply): Making {
  const drawn = parseSize(size ?? '')
  const revisedPrompt = data[0]?.revised_prompt
  return {
    ...(model === undefined ? {} : { model }),
    ...(drawn === undefined ? {} : { size: drawn }),
    ...(quality === undefined ? {} : { quality }),
    ...(background === undefined ? {} : { background }),
    ...(revisedPrompt === undefined ? {} : { revisedPrompt }),
  }
}

/** In quotation marks, so that no control character reaches a terminal. */
function excerptOf(reply: unknown, key: string): string {
  const written = hide(typeof reply === 'string' ? reply : (JSON.stringify(reply) ?? ''), key)
  const quoted = JSON.stringify(written.slice(0, maxExcerpt)).replaceAll(
    /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
    '�',
  )
  return quoted.length > maxExcerpt ? `${quoted.slice(0, maxExcerpt - 1)}…` : quoted
}
