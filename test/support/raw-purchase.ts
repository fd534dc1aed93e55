import { noConsent } from '../../packages/core/src/plan/consent.ts'
import { newImages } from '../../packages/core/src/plan/budget.ts'
import { planFor } from '../../packages/core/src/plan/plan.ts'
import type { Config } from '../../packages/core/src/config/config.ts'
import type {
  Answer,
  PartialListener,
  ReadyConnection,
  ReferenceFiles,
} from '../../packages/core/src/ports.ts'
import { openai } from '../../packages/core/src/provider/openai/openai.ts'
import type { OpenAiOptions } from '../../packages/core/src/provider/openai/options.ts'
import type { ImageRequest } from '../../packages/core/src/request/image-request.ts'
import { sha256Of } from '../../packages/core/src/key/key.ts'
import { filesNamedIn } from '../../packages/core/src/request/reference-paths.ts'
import { requestFor } from '../../packages/core/src/request/request.ts'
import { once } from '../../packages/core/src/resolve/once.ts'
import type { Outcome } from '../../packages/core/src/resolve/outcome.ts'
import { resolve } from '../../packages/core/src/resolve/resolve.ts'
import {
  type FixedClock,
  directiveIn,
  fixedClock,
  freeClaims,
  inputOf,
  type MemoryJournal,
  memoryJournal,
  type MemoryStore,
  memoryStore,
  noFiles,
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
  /** A PNG of the usual size that goes along. Default none. */
  readonly reference?: Uint8Array
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
  const files = fileOf(change.reference)
  const source = `![gen: ${prompt}](${attributes}${change.reference === undefined ? '' : ', ref=a.png'})`
  const named = await filesNamedIn([directiveIn(source)], files)
  const answer = requestFor(directiveIn(source), settings, { names: new Map(), files: named })
  if ('problems' in answer) throw new Error(JSON.stringify(answer.problems))
  const { request } = answer
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
    files,
    stop,
    inFlight: once<Outcome>(),
    claims: freeClaims,
    consent: noConsent,
  })
  const [outcome] = outcomes.values()
  if (outcome === undefined) throw new Error('nothing was to be bought')
  return { outcome, store, journal, clock, request }
}

/** A project whose every path leads to this picture. */
function fileOf(bytes: Uint8Array | undefined): ReferenceFiles {
  if (bytes === undefined) return noFiles
  const facts = { sha256: sha256Of(bytes), hasAlpha: false, bytes: bytes.length, ...size }
  return {
    find: async () => ({ kind: 'picture', format: 'png', ...facts }),
    read: async () => ({ bytes, format: 'png' }),
  }
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
