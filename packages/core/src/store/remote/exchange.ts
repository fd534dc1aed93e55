import { ImpromptError } from '../../error.ts'
import { rootMessage } from '../../root-message.ts'

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
  /** Of a longer object no more is read. */
  readonly maxBytes: number
}

/** An answer that arrived as a whole. */
export interface Reply {
  readonly status: number
  readonly headers: Headers
  /** Nothing where an object was longer than what was read at most; of other answers the beginning. */
  readonly bytes: Uint8Array | undefined
}

/** Sends a request; rejects where no whole answer arrived. */
export type Send = (outgoing: Outgoing) => Promise<Reply>

/** A request with its address and whatever opens it. */
export interface Signed {
  readonly url: string
  readonly headers: Headers
}

/** Time was up before an answer had arrived as a whole. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime'
}

/** What a refusal says of itself stands at its beginning. */
const maxRefusalBytes = 16_000

/** A line that takes a body more slowly than 100 kB/s is given up. */
const slowestBytesPerMs = 100

/**
 * Sends a request once and reads its answer to the end, within one time limit; a body that is sent has time of its own.
 * Follows no redirect, as another host must not be shown what opens this one.
 * @throws OutOfTime where time is up, and what the network says
 */
export async function exchange(
  signed: Signed,
  outgoing: Outgoing,
  { wholeMs, partMs }: Patience,
): Promise<Reply> {
  const sendingMs = (outgoing.body?.length ?? 0) / slowestBytesPerMs
  const late = new AbortController()
  const limit = (ms: number, fault: string): NodeJS.Timeout =>
    setTimeout(() => late.abort(new OutOfTime(fault)), ms + sendingMs)
  const whole = limit(wholeMs, `its answer was not whole after ${wholeMs / 1000} s`)
  const part = limit(partMs, `no more of its answer came for ${partMs / 1000} s`)
  try {
    const response = await open(signed, outgoing, late.signal)
    const bytes = await read(response, outgoing.maxBytes, () => part.refresh())
    return { status: response.status, headers: response.headers, bytes }
  } catch (cause) {
    throw late.signal.aborted ? late.signal.reason : new Error(rootMessage(cause), { cause })
  } finally {
    clearTimeout(whole)
    clearTimeout(part)
  }
}

function open(
  { url, headers }: Signed,
  { method, body }: Outgoing,
  signal: AbortSignal,
): Promise<Response> {
  return fetch(url, {
    method,
    headers,
    redirect: 'manual',
    signal,
    ...(body !== undefined && { body: new Uint8Array(body) }),
  })
}

async function read(
  { ok, body }: Response,
  maxBytes: number,
  progress: () => void,
): Promise<Uint8Array | undefined> {
  const most = ok ? maxBytes : maxRefusalBytes
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body ?? []) {
    progress()
    length += chunk.length
    if (length <= most) chunks.push(chunk)
    else if (ok) return undefined
    else return Buffer.concat([...chunks, chunk], most)
  }
  return Buffer.concat(chunks)
}

/**
 * What a configuration is asked for before each request, within the time limit of a whole answer.
 * @throws OutOfTime where time is up, and what it throws
 */
export async function askedOf<Value>(
  ask: () => Value | Promise<Value>,
  option: string,
  { wholeMs }: Patience,
): Promise<Value> {
  const { promise, reject } = Promise.withResolvers<never>()
  const fault = new OutOfTime(
    `\`${option}\` of its configuration gave nothing for ${wholeMs / 1000} s`,
  )
  const timer = setTimeout(() => reject(fault), wholeMs)
  try {
    return await Promise.race([ask(), promise])
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Headers of which later ones outrank earlier ones, in whatever case their names are written.
 * @throws ImpromptError `CONFIG_INVALID` where a value cannot be one, without showing it, as it may be a secret
 */
export function headersOf(...layers: readonly Readonly<Record<string, string>>[]): Headers {
  const headers = new Headers()
  for (const [name, value] of layers.flatMap((layer) => Object.entries(layer)))
    try {
      headers.set(name, value)
    } catch {
      throw new ImpromptError(
        'CONFIG_INVALID',
        `the header \`${name}\` cannot be sent: it holds a character that no header may have, such as a line end`,
      )
    }
  return headers
}
