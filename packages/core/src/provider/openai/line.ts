import type { ClientOptions } from 'openai'

type Fetch = NonNullable<ClientOptions['fetch']>

/** A `fetch` for one request that remembers what passed through it. */
export interface Line {
  readonly send: Fetch
  readonly isSent: () => boolean
  /** Of the answer, once it has begun. */
  readonly headers: () => Headers | undefined
  /** The body of an answer that is no success; nothing where there was none or it cannot be read. */
  readonly failure: () => Promise<string | undefined>
}

export function watch(fetch: Fetch): Line {
  let isSent = false
  let headers: Headers | undefined
  let failed: Promise<string | undefined> | undefined
  const send: Fetch = async (url, init) => {
    isSent = true
    const response = await fetch(url, init)
    headers = response.headers
    if (!response.ok) {
      failed = response
        .clone()
        .text()
        .catch(() => undefined)
    }
    return response
  }
  return {
    // Before its first form the SDK fetches `data:,` to learn of a Response, unless it is told of one.
    send: Object.assign(send, { Response }),
    isSent: () => isSent,
    headers: () => headers,
    failure: async () => failed,
  }
}
