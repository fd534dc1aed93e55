import type OpenAI from 'openai'

import type { Answer } from '../../ports.ts'
import type { Access } from './access.ts'
import { readBody } from './body.ts'
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
      const reply =
        stream === undefined ? await readBody(await whole(client)) : await stream(client)
      const link = linkOf(reply)
      const fetched = link === undefined ? undefined : await pictureAt(link, access, signal)
      if (fetched !== undefined && 'fault' in fetched) return unfetched(fetched.fault)
      return readReply(reply, {
        key,
        requestId: requestId(),
        priceOf: (usage, cached) => access.priceOf(model, usage, cached),
        hasPictures,
        ...(fetched && { fetched: fetched.bytes }),
      })
    },
  }
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
