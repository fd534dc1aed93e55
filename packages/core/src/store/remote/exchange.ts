/** How long a tier is waited for, in milliseconds. */
export interface Patience {
  /** Until the answer has arrived as a whole. */
  readonly wholeMs: number
  /** Between two parts of it. */
  readonly partMs: number
}

/** One request to a tier. */
export interface Outgoing {
  readonly method: 'GET' | 'HEAD' | 'PUT'
  readonly name: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array
  /** Of a longer answer no more is read. */
  readonly maxBytes: number
}

/** An answer that arrived as a whole. */
export interface Reply {
  readonly status: number
  readonly headers: Headers
  /** Nothing where it was longer than what was read at most. */
  readonly bytes: Uint8Array | undefined
}

/** Sends a request; rejects where no whole answer arrived. */
export type Send = (outgoing: Outgoing) => Promise<Reply>

/** A request with its address and whatever opens it. */
export interface Signed {
  readonly url: string
  readonly headers: Headers
}

/**
 * Sends a request once and reads its answer to the end, within one time limit. Follows no redirect, as another host must
 * not be shown what opens this one.
 * @throws what the network throws, and where time is up
 */
export async function exchange(
  { url, headers }: Signed,
  { method, body, maxBytes }: Outgoing,
  { wholeMs, partMs }: Patience,
): Promise<Reply> {
  const late = new AbortController()
  const giveUp = (): void => {
    late.abort(new Error(`no more of its answer came for ${partMs / 1000} s`))
  }
  const part = setTimeout(giveUp, partMs)
  const signal = AbortSignal.any([late.signal, AbortSignal.timeout(wholeMs)])
  try {
    const response = await fetch(url, {
      method,
      headers,
      redirect: 'manual',
      signal,
      ...(body !== undefined && { body: new Uint8Array(body) }),
    })
    const chunks: Uint8Array[] = []
    let length = 0
    for await (const chunk of response.body ?? []) {
      part.refresh()
      length += chunk.length
      if (length > maxBytes) break
      chunks.push(chunk)
    }
    const bytes = length > maxBytes ? undefined : Buffer.concat(chunks)
    return { status: response.status, headers: response.headers, bytes }
  } finally {
    clearTimeout(part)
  }
}
