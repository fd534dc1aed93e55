import { setTimeout } from 'node:timers/promises'
import { ImpromptError } from '../../error.ts'
import type { Found, RemoteObject, RemoteTier, Written } from '../../ports.ts'
import { OutOfTime, type Outgoing, type Reply, type Send } from './exchange.ts'
import { Refusal, errorCodeOf } from './refusal.ts'

/** Waits before something is repeated. */
const pausesMs = [200, 1000] as const

/**
 * Objects behind GET, HEAD and PUT. A reading is repeated twice where the server failed or the connection broke. What
 * became of a write whose answer got lost is found out by reading, before it is repeated once.
 * @param addressOf Where people find an object.
 * @param forbidden What may be done about a 403, where that kind of server says more by it than that.
 */
export function objectTier(
  addressOf: (object: string) => string,
  send: Send,
  forbidden?: string,
): RemoteTier {
  const refusalOf = (reply: Reply): Refusal => new Refusal(reply, forbidden)
  const found = async <Value>(
    object: string,
    outgoing: Pick<Outgoing, 'method' | 'maxBytes'>,
    valueOf: (reply: Reply) => Value | undefined,
  ): Promise<Found<Value>> => {
    const path = addressOf(object)
    const answer = await readWith(send, { ...outgoing, name: object, headers: {} })
    if (answer instanceof Error) return { kind: 'unknown', path, cause: answer }
    if (isAbsent(answer)) return { kind: 'absent' }
    if (answer.status !== 200) return { kind: 'unknown', path, cause: refusalOf(answer) }
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
    has: async (object) => {
      const head = await found(object, { method: 'HEAD', maxBytes: 0 }, () => true as const)
      // It has no body to say why it refuses, and some servers do not know it.
      return isRefused(head) ? found(object, { method: 'GET', maxBytes: 0 }, () => true) : head
    },
    create: (object, bytes) => write({ object, bytes, isNew: true }, { send, get, refusalOf }),
    put: (object, bytes) => write({ object, bytes, isNew: false }, { send, get, refusalOf }),
  }
}

interface Writing {
  readonly object: string
  readonly bytes: Uint8Array
  /** Whether it is not written over what is there. */
  readonly isNew: boolean
}

/** How a server is talked to. */
interface Line {
  readonly send: Send
  readonly get: RemoteTier['get']
  readonly refusalOf: (reply: Reply) => Refusal
}

async function write(
  { object, bytes, isNew }: Writing,
  { send, get, refusalOf }: Line,
): Promise<Written> {
  const headers = isNew ? { 'if-none-match': '*' } : {}
  let cause: unknown
  let mayBeOurs = false
  for (const pauseMs of [0, pausesMs[0]]) {
    await setTimeout(pauseMs)
    const answer = await sendOnce(send, {
      method: 'PUT',
      name: object,
      headers,
      body: bytes,
      maxBytes: 100_000,
    })
    if (!(answer instanceof Error) && isWritten(answer)) return { kind: 'written' }
    cause = answer instanceof Error ? answer : refusalOf(answer)
    if (isFinal(answer, isNew)) return { kind: 'unknown', cause }
    mayBeOurs ||= isAmbiguous(answer)
    const there = await get(object, bytes.length)
    if (there.kind === 'unknown') return { kind: 'unknown', cause: there.cause }
    const isOurs = there.kind === 'hit' && Buffer.compare(there.value.bytes, bytes) === 0
    if (mayBeOurs && isOurs) return { kind: 'written' }
    if (isNew && there.kind !== 'absent') return { kind: 'taken' }
  }
  return { kind: 'unknown', cause }
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
    if (!isAmbiguous(answer) || isInVain(answer)) return answer
    await setTimeout(pauseMs)
    answer = await sendOnce(send, outgoing)
  }
  return answer
}

/** Without its bucket nothing can be said of an object. */
function isAbsent(answer: Reply): boolean {
  const isMissing = answer.status === 404 || answer.status === 410
  return isMissing && errorCodeOf(answer) !== 'NoSuchBucket'
}

/** Whether the server failed, so that it says nothing; 501 says that it never does such a thing. */
function isAmbiguous(answer: Reply | Error): boolean {
  if (answer instanceof Error) return true
  return (answer.status >= 500 && answer.status !== 501) || answer.status === 429
}

/** Who was waited for is not waited for again, and what could not be sent is not sent again. */
function isInVain(answer: Reply | Error): boolean {
  return answer instanceof OutOfTime || answer instanceof ImpromptError
}

function isRefused(found: Found<unknown>): boolean {
  if (found.kind !== 'unknown' || !(found.cause instanceof Refusal)) return false
  return found.cause.status < 500 || found.cause.status === 501
}

function isWritten({ status }: Reply): boolean {
  return status === 200 || status === 201 || status === 204
}

/** Whether a write was refused for what it is; for a new object 412 and 409 say that somebody was or is faster. */
function isFinal(answer: Reply | Error, isNew: boolean): boolean {
  if (answer instanceof ImpromptError) return true
  if (answer instanceof Error || isAmbiguous(answer)) return false
  return !isNew || (answer.status !== 412 && answer.status !== 409)
}

/** Both times are by the server's clock, so that ours may be wrong. */
function ageOf({ headers }: Reply): { readonly ageMs?: number } {
  const ageMs =
    Date.parse(headers.get('date') ?? '') - Date.parse(headers.get('last-modified') ?? '')
  return Number.isNaN(ageMs) ? {} : { ageMs }
}
