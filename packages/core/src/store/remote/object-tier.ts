import { setTimeout } from 'node:timers/promises'
import type { Found, RemoteObject, RemoteTier, Written } from '../../ports.ts'
import type { Outgoing, Reply, Send } from './exchange.ts'
import { Refusal } from './refusal.ts'

/** Waits before a reading is repeated. */
const pausesMs = [200, 1000]

/**
 * Objects behind GET, HEAD and PUT. A reading is repeated twice where the server failed or the connection broke. What
 * became of a write whose answer got lost is found out by reading, before it is repeated once.
 * @param name What people know the tier by.
 */
export function objectTier(name: string, send: Send): RemoteTier {
  const found = async <Value>(
    object: string,
    outgoing: Pick<Outgoing, 'method' | 'maxBytes'>,
    valueOf: (reply: Reply) => Value | undefined,
  ): Promise<Found<Value>> => {
    const path = `${name}/${object}`
    const answer = await readWith(send, { ...outgoing, name: object, headers: {} })
    if (answer instanceof Error) return { kind: 'unknown', path, cause: answer }
    if (answer.status === 404 || answer.status === 410) return { kind: 'absent' }
    if (answer.status !== 200) return { kind: 'unknown', path, cause: new Refusal(answer) }
    const value = valueOf(answer)
    if (value !== undefined) return { kind: 'hit', value }
    return { kind: 'damaged', path, fault: `it is longer than ${outgoing.maxBytes} bytes` }
  }
  const get = (object: string, maxBytes: number): Promise<Found<RemoteObject>> =>
    found(object, { method: 'GET', maxBytes }, (reply) =>
      reply.bytes === undefined ? undefined : { bytes: reply.bytes, ...ageOf(reply) },
    )
  return {
    get,
    has: (object) => found(object, { method: 'HEAD', maxBytes: 0 }, () => true as const),
    create: (object, bytes) => create({ object, bytes }, send, get),
    put: async (object, bytes) => {
      const outgoing = writing({ object, bytes }, {})
      const first = await sendOnce(send, outgoing)
      const answer = isAmbiguous(first) ? await sendOnce(send, outgoing) : first
      if (answer instanceof Error) return { kind: 'unknown', cause: answer }
      return isWritten(answer)
        ? { kind: 'written' }
        : { kind: 'unknown', cause: new Refusal(answer) }
    },
  }
}

interface NewObject {
  readonly object: string
  readonly bytes: Uint8Array
}

async function create(made: NewObject, send: Send, get: RemoteTier['get']): Promise<Written> {
  const outgoing = writing(made, { 'if-none-match': '*' })
  let cause: unknown
  let mayBeOurs = false
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const answer = await sendOnce(send, outgoing)
    if (!(answer instanceof Error) && isWritten(answer)) return { kind: 'written' }
    if (!(answer instanceof Error) && isFinal(answer))
      return { kind: 'unknown', cause: new Refusal(answer) }
    mayBeOurs ||= isAmbiguous(answer)
    cause = answer instanceof Error ? answer : new Refusal(answer)
    const there = await get(made.object, made.bytes.length)
    if (there.kind === 'unknown') return { kind: 'unknown', cause: there.cause }
    if (there.kind === 'damaged') return { kind: 'taken' }
    if (there.kind === 'hit') {
      const isOurs = mayBeOurs && Buffer.compare(there.value.bytes, made.bytes) === 0
      return { kind: isOurs ? 'written' : 'taken' }
    }
  }
  return { kind: 'unknown', cause }
}

function writing({ object, bytes }: NewObject, headers: Outgoing['headers']): Outgoing {
  return { method: 'PUT', name: object, headers, body: bytes, maxBytes: 100_000 }
}

async function sendOnce(send: Send, outgoing: Outgoing): Promise<Reply | Error> {
  try {
    return await send(outgoing)
  } catch (cause) {
    return cause instanceof Error ? cause : new Error(String(cause))
  }
}

async function readWith(send: Send, outgoing: Outgoing): Promise<Reply | Error> {
  let answer = await sendOnce(send, outgoing)
  for (const pauseMs of pausesMs) {
    if (!isAmbiguous(answer)) return answer
    await setTimeout(pauseMs)
    answer = await sendOnce(send, outgoing)
  }
  return answer
}

/** Whether the server failed, so that it says nothing. */
function isAmbiguous(answer: Reply | Error): boolean {
  return answer instanceof Error || answer.status >= 500 || answer.status === 429
}

function isWritten({ status }: Reply): boolean {
  return status === 200 || status === 201 || status === 204
}

/** Whether a write was refused for what it is; 412 and 409 say that somebody was or is faster. */
function isFinal(answer: Reply): boolean {
  return !isAmbiguous(answer) && answer.status !== 412 && answer.status !== 409
}

/** Both times are by the server's clock, so that ours may be wrong. */
function ageOf({ headers }: Reply): { readonly ageMs?: number } {
  const ageMs =
    Date.parse(headers.get('date') ?? '') - Date.parse(headers.get('last-modified') ?? '')
  return Number.isNaN(ageMs) ? {} : { ageMs }
}
