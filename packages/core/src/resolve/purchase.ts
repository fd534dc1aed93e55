import { randomUUID } from 'node:crypto'
import { reasonOf } from '../error.ts'
import type { NewImage } from '../plan/budget.ts'
import type {
  Answer,
  Clock,
  Connection,
  Entry,
  Intent,
  Journal,
  Settlement,
  Store,
} from '../ports.ts'
import { inspectReply } from './inspect-reply.ts'

/** What became of one image that was to be bought. */
export type Outcome =
  | { readonly kind: 'bought'; readonly entry: Entry }
  /** Nothing was made: the provider will not make this image (`image`), or any image of this run (`run`). */
  | {
      readonly kind: 'refused'
      readonly scope: 'image' | 'run'
      readonly code: string
      readonly message: string
    }
  /** Nothing was made: the provider stayed busy, or the queue was stopped before this image's turn. */
  | { readonly kind: 'failed'; readonly message: string }
  /** It may have been billed, up to the worst case. */
  | { readonly kind: 'unknown'; readonly message: string; readonly worstMicroUsd: number }

/** What a purchase needs of the world. */
export interface Market {
  readonly store: Store
  readonly journal: Journal
  readonly clock: Clock
  /** No further attempt is made after it is aborted; a request that is under way is waited for, as it is paid for. */
  readonly stop: AbortSignal
}

/** Requests that a provider puts off are sent this often in all. */
const maxAttempts = 6

/** Waits grow from here where the provider names no time, and never exceed the cap. */
const firstWaitMs = 1_000
const maxWaitMs = 60_000

/**
 * Buys one image: the attempt is written down, then sent; the reply is checked, then stored, then settled. Never
 * rejects, so that no purchase of a pool is lost sight of because another one failed.
 */
export async function purchase(
  image: NewImage,
  connection: Connection & { readonly kind: 'ready' },
  market: Market,
): Promise<Outcome> {
  const { worstMicroUsd } = image.source.estimate
  const intent: Intent = { id: randomUUID(), requestHash: image.requestHash, worstMicroUsd }
  try {
    await market.journal.begin(intent)
  } catch (cause) {
    return { kind: 'failed', message: `the attempt could not be written down: ${reasonOf(cause)}` }
  }
  const answer = await ask(image, connection, market)
  switch (answer.kind) {
    case 'image':
      return receive(image, answer, intent, market)
    case 'busy':
      await settle(intent, { kind: 'released' }, market)
      return { kind: 'failed', message: answer.message }
    case 'refused':
      // A run's refusal (quota, credentials) says nothing of this image: the next build asks again.
      await settle(intent, answer.scope === 'image' ? answer : { kind: 'released' }, market)
      return answer
    case 'unknown':
      return loseTrack(answer.message, intent, market)
  }
}

/** Repeats a request only where the answer proves that nothing was made. */
async function ask(
  image: NewImage,
  connection: Connection & { readonly kind: 'ready' },
  market: Market,
): Promise<Answer> {
  const never = new AbortController().signal
  for (let attempt = 1; ; attempt++) {
    const answer = await generate(image, connection, never)
    if (answer.kind !== 'busy' || attempt === maxAttempts || market.stop.aborted) return answer
    const waitMs = Math.min(answer.afterMs ?? firstWaitMs * 2 ** (attempt - 1), maxWaitMs)
    try {
      await market.clock.wait(waitMs, market.stop)
    } catch {
      // The wait ends early only by the stop signal, and nothing is under way.
      return answer
    }
  }
}

/** A provider that throws where it should have answered leaves the fate of its request open. */
async function generate(
  image: NewImage,
  connection: Connection & { readonly kind: 'ready' },
  signal: AbortSignal,
): Promise<Answer> {
  try {
    return await connection.generate(image.request, signal)
  } catch (cause) {
    return { kind: 'unknown', message: `the provider failed: ${reasonOf(cause)}`, cause }
  }
}

async function receive(
  image: NewImage,
  answer: Answer & { readonly kind: 'image' },
  intent: Intent,
  market: Market,
): Promise<Outcome> {
  const inspected = await inspectReply(answer.bytes, image.request.size)
  if ('fault' in inspected) return setAside(answer.bytes, inspected.fault, intent, market)
  const entry: Entry = {
    schema: 1,
    key: image.key,
    requestHash: image.requestHash,
    request: image.request,
    wanted: image.wanted,
    original: { ...inspected.original, digitalSourceType: image.digitalSourceType },
    cost:
      answer.microUsd === undefined
        ? { microUsd: image.source.estimate.worstMicroUsd, basis: 'estimate' }
        : { microUsd: answer.microUsd, basis: 'usage' },
    boughtAt: market.clock.now().toISOString(),
    ...(answer.requestId !== undefined && { requestId: answer.requestId }),
  }
  try {
    await market.store.keep(entry, answer.bytes)
  } catch (cause) {
    const message = `the picture was paid for and could not be stored: ${reasonOf(cause)}`
    return loseTrack(message, intent, market)
  }
  await settle(intent, { kind: 'bought', microUsd: entry.cost.microUsd }, market)
  return { kind: 'bought', entry }
}

/** Whatever arrived was paid for, and is kept for a person to look at. */
async function setAside(
  bytes: Uint8Array,
  fault: string,
  intent: Intent,
  market: Market,
): Promise<Outcome> {
  try {
    const path = await market.store.quarantine(bytes)
    return await loseTrack(`${fault}; its bytes were kept in \`${path}\``, intent, market)
  } catch (cause) {
    const message = `${fault}; its bytes could not be kept: ${reasonOf(cause)}`
    return loseTrack(message, intent, market)
  }
}

async function loseTrack(message: string, intent: Intent, market: Market): Promise<Outcome> {
  await settle(intent, { kind: 'unknown', message }, market)
  return { kind: 'unknown', message, worstMicroUsd: intent.worstMicroUsd }
}

/** An attempt whose end cannot be written down stays on record as unknown, which errs on the safe side. */
async function settle(intent: Intent, settlement: Settlement, market: Market): Promise<void> {
  await market.journal.settle(intent, settlement).catch(() => undefined)
}
