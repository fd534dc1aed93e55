import type OpenAI from 'openai'

import { parseJson } from '../../json.ts'
import { formatOf } from '../../picture-format.ts'
import type { Answer } from '../../ports.ts'
import type { Access } from './access.ts'
import type { Order } from './exchange.ts'
import { fetchPicture, type FetchedPicture } from './fetch-picture.ts'
import { linkOf, readReply } from './reply.ts'

/** How a request of the Images API is sent: whole, or as a stream of events. */
export interface Way {
  readonly model: string
  readonly signal: AbortSignal
  /** Whether pictures go along. */
  readonly hasPictures: boolean
  readonly whole: (client: OpenAI) => Promise<Response>
  /** Answers in the shape of a whole reply, or nothing where the stream ended without one. */
  readonly stream?: ((client: OpenAI) => Promise<unknown>) | undefined
}

/** Above the largest PNG of 3840x2160 pixels, which has 33.3 MB. */
const maxPictureBytes = 36_000_000

/** A request of the Images API, whose reply holds a picture or its address. */
export function orderBy(access: Access, way: Way): Order {
  const { model, signal, hasPictures, whole, stream } = way
  return {
    model,
    signal,
    converse: async (client, { key, requestId }) => {
      const reply = stream === undefined ? await replyIn(await whole(client)) : await stream(client)
      const link = linkOf(reply)
      const fetched = link === undefined ? undefined : await pictureAt(link, access, signal)
      if (fetched !== undefined && 'fault' in fetched) return unfetched(fetched.fault)
      return readReply(reply, {
        key,
        requestId: requestId(),
        priceOf: (usage) => access.priceOf(model, usage),
        hasPictures,
        ...(fetched && { fetched: fetched.bytes }),
      })
    },
  }
}

/** A body that is no JSON stays what it is: the bytes of a picture, or a text, which holds none. */
export async function replyIn(response: Response): Promise<unknown> {
  const bytes = Buffer.from(await response.arrayBuffer())
  if (formatOf(bytes) !== undefined) return bytes
  const text = bytes.toString()
  return parseJson(text) ?? text
}

/** What a server answers by its address; the key goes along to nobody. */
function pictureAt(link: string, access: Access, signal: AbortSignal): Promise<FetchedPicture> {
  const { baseURL, timeoutMs, pictureHosts } = access
  const allowedHosts = [new URL(baseURL).hostname, ...pictureHosts]
  return fetchPicture(link, {
    server: baseURL,
    signal,
    timeoutMs,
    maxBytes: maxPictureBytes,
    allowedHosts,
  })
}

function unfetched(fault: string): Answer {
  const message = `The provider answered an address, and no picture came from it: ${fault}; it may have billed`
  return { kind: 'unknown', message }
}
