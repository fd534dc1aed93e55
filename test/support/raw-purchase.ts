import { newImages } from '../../packages/core/src/plan/budget.ts'
import { planFor } from '../../packages/core/src/plan/plan.ts'
import type { Config } from '../../packages/core/src/config/config.ts'
import type { Answer, PartialListener, ReadyConnection } from '../../packages/core/src/ports.ts'
import { openai } from '../../packages/core/src/provider/openai/openai.ts'
import type { OpenAiOptions } from '../../packages/core/src/provider/openai/options.ts'
import type { ImageRequest } from '../../packages/core/src/request/image-request.ts'
import { once } from '../../packages/core/src/resolve/once.ts'
import type { Outcome } from '../../packages/core/src/resolve/purchase.ts'
import { resolve } from '../../packages/core/src/resolve/resolve.ts'
import {
  type FixedClock,
  fixedClock,
  inputOf,
  type MemoryJournal,
  memoryJournal,
  type MemoryStore,
  memoryStore,
  noFiles,
  requestIn,
  settingsOf,
} from './fakes.ts'

/** The key that every purchase is made with. */
export const secret = 'sk-test-raw-0123456789'

/** The prompt of every purchase. */
const prompt = 'a lighthouse whose keeper is on holiday'

/** Size of every purchase. */
export const size = { width: 1024, height: 768 }

export interface Purchase {
  readonly outcome: Outcome
  readonly store: MemoryStore
  readonly journal: MemoryJournal
  readonly clock: FixedClock
  readonly request: ImageRequest
}

/** What is not as usual in a purchase. */
export interface PurchaseChange {
  readonly openai?: OpenAiOptions
  readonly config?: Config
  /** Of the directive. Default `size=1024x768`. */
  readonly attributes?: string
  /** Looks at pictures in the making. Default nobody. */
  readonly onPartial?: PartialListener
  /** Stops the queue. Default never. */
  readonly stop?: AbortSignal
}

/** Buys one picture of the server at this address, from the plan to the store. */
export async function buyFrom(url: string, change: PurchaseChange = {}): Promise<Purchase> {
  const { attributes = 'size=1024x768', onPartial, stop = new AbortController().signal } = change
  const provider = openai({ timeoutMs: 30_000, ...change.openai })
  const settings = settingsOf(change.config, provider)
  const [store, journal, clock] = [memoryStore(), memoryJournal(), fixedClock()]
  const request = requestIn(`![gen: ${prompt}](${attributes})`, settings)
  const plan = await planFor(inputOf([request]), settings, store, {
    verdicts: new Map(),
    keepsStyle: false,
    today: '2026-11-23',
  })
  const connection = connectTo(url, change.openai, onPartial)
  const limits = {
    budgetMicroUsd: 10_000_000,
    concurrency: 1,
    connections: new Map([[provider.id, connection]]),
  }
  const outcomes = await resolve(plan, newImages(plan), limits, {
    store,
    journal,
    clock,
    files: noFiles,
    stop,
    inFlight: once<Outcome>(),
  })
  const [outcome] = outcomes.values()
  if (outcome === undefined) throw new Error('nothing was to be bought')
  return { outcome, store, journal, clock, request }
}

function connectTo(
  url: string,
  options: OpenAiOptions = {},
  onPartial?: PartialListener,
): ReadyConnection {
  const provider = openai({ timeoutMs: 30_000, ...options })
  const connection = provider.connect({ OPENAI_API_KEY: secret, OPENAI_BASE_URL: url })
  if (connection.kind === 'locked') throw new Error('locked')
  if (onPartial === undefined) return connection
  return {
    ...connection,
    generate: (input, signal) => connection.generate(input, signal, onPartial),
  }
}

/** Charges that a purchase owns up to: its picture, or an unknown fate. */
export function declared({ outcome }: Purchase): number {
  return outcome.kind === 'bought' || outcome.kind === 'unknown' ? 1 : 0
}

/** What the provider itself makes of the server's reply, before anybody else sees it. */
export async function answerOf(url: string): Promise<Answer> {
  const connection = connectTo(url)
  const input = { model: 'gpt-image-2', prompt, size, take: 1 }
  return connection.generate(input, new AbortController().signal)
}
