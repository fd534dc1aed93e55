import type { BudgetTerm } from '../../packages/core/src/config/budget.ts'
import { type Settings, settingsFrom } from '../../packages/core/src/config/settings.ts'
import type { Terms } from '../../packages/core/src/config/terms.ts'
import type { Config } from '../../packages/core/src/config/config.ts'
import { parseDirectives } from '../../packages/core/src/directive/scan.ts'
import type { Directive } from '../../packages/core/src/directive/directive.ts'
import type { PlanInput } from '../../packages/core/src/plan/plan.ts'
import type {
  Answer,
  Claim,
  Claims,
  Clock,
  Entry,
  GenerateInput,
  Journal,
  Key,
  Ledger,
  OpenAttempt,
  Provider,
  ReferenceFiles,
  RequestHash,
  Settlement,
  Store,
  Verdict,
} from '../../packages/core/src/ports.ts'
import type { ImageRequest } from '../../packages/core/src/request/image-request.ts'
import { requestFor } from '../../packages/core/src/request/request.ts'
import { namesOf } from '../../packages/core/src/request/reuse.ts'
import { sha256Of } from '../../packages/core/src/key/key.ts'

/** A provider that answers from a script, and counts what it was asked. */
export interface FakeProvider extends Provider {
  readonly asked: readonly GenerateInput[]
}

export function fakeProvider(
  answer: (input: GenerateInput, signal: AbortSignal) => Promise<Answer>,
  overrides: Partial<Provider> = {},
): FakeProvider {
  const asked: GenerateInput[] = []
  return {
    id: 'fake',
    digitalSourceType: 'trainedAlgorithmicMedia',
    defaultModel: 'fake-1',
    models: [
      {
        id: 'fake-1',
        aliases: [],
        sizes: {
          kind: 'grid',
          step: 16,
          maxEdge: 3840,
          maxRatio: 3,
          minPixels: 65_536,
          maxPixels: 8_294_400,
        },
        qualities: ['low', 'medium', 'high'],
        backgrounds: ['auto', 'opaque', 'transparent'],
        honours: ['quality', 'background'],
        maxPromptCodePoints: 100,
      },
      {
        id: 'plain',
        aliases: [],
        sizes: { kind: 'list', sizes: [{ width: 1024, height: 1024 }] },
        qualities: [],
        backgrounds: [],
        honours: [],
        maxPromptCodePoints: 100,
      },
    ],
    estimate: () => ({
      microUsd: 40_000,
      worstMicroUsd: 50_000,
      basis: 'upper-bound',
      asOf: '2026-11-22',
      source: 'a fake',
    }),
    connect: () => ({
      kind: 'ready',
      generate: (input, signal) => {
        asked.push(input)
        return answer(input, signal)
      },
    }),
    asked,
    ...overrides,
  }
}

/** A provider that nobody may ask. */
export const mute: Provider = fakeProvider(() => {
  throw new Error('a stage that must not buy asked the provider')
})

export function settingsOf(config: Config = {}, provider: Provider = mute): Settings {
  const answer = settingsFrom(config, provider)
  if ('issues' in answer) throw new Error(JSON.stringify(answer.issues))
  return answer.settings
}

/** The rule of a budget that bounds one build. */
export function buildBudget(limit: number): BudgetTerm {
  return { id: 'build', limit, level: 'error' }
}

export const generous: Terms = {
  mode: 'generate',
  isCi: false,
  budget: [buildBudget(1_000_000)],
  isBudgetExplicit: false,
  isPartial: false,
}

export function directiveIn(source: string): Directive {
  const [directive] = parseDirectives(source, 'post.md')
  if (directive === undefined) throw new Error(`no directive in ${source}`)
  return directive
}

export function requestIn(source: string, settings: Settings = settingsOf()): ImageRequest {
  const answer = requestFor(directiveIn(source), settings)
  if ('problems' in answer) throw new Error(JSON.stringify(answer.problems))
  return answer.request
}

/** What a plan is made from, where these requests are all that the content holds. */
export function inputOf(requests: readonly ImageRequest[]): PlanInput {
  const directives = requests.map((request) => ({
    prompt: request.prompt,
    attributes: [],
    place: request.place,
    start: 0,
    end: 0,
  }))
  const names = namesOf(requests)
  const known = { names, files: new Map() }
  return { files: 1, directives, requests, known, problems: [], sources: new Map() }
}

/** A store in memory. */
export interface MemoryStore extends Store {
  readonly kept: Map<Key, Entry>
  readonly originals: Map<string, Uint8Array>
  readonly quarantined: readonly Uint8Array[]
}

export function memoryStore(overrides: Partial<Store> = {}): MemoryStore {
  const kept = new Map<Key, Entry>()
  const originals = new Map<string, Uint8Array>()
  const quarantined: Uint8Array[] = []
  const store: MemoryStore = {
    kept,
    originals,
    quarantined,
    entry: async (key) => {
      const entry = kept.get(key)
      return entry === undefined ? { kind: 'absent' } : { kind: 'hit', value: entry }
    },
    keys: async () => ({ kind: 'hit', value: [...kept.keys()] }),
    entries: async () => ({ kind: 'hit', value: [...kept.values()] }),
    shared: async () => ({ kind: 'absent' }),
    original: async (entry) => {
      const bytes = originals.get(entry.original.sha256)
      if (bytes === undefined) return { kind: 'absent' }
      if (sha256Of(bytes) === entry.original.sha256) return { kind: 'hit', value: bytes }
      return { kind: 'damaged', path: entry.original.sha256, fault: 'its bytes changed' }
    },
    holds: async (entry) => {
      const found = await store.original(entry)
      return found.kind === 'hit' ? { kind: 'hit', value: true } : found
    },
    remember: async () => undefined,
    keep: async (entry, original) => {
      originals.set(entry.original.sha256, original)
      kept.set(entry.key, entry)
      return 'kept'
    },
    share: async (entry) => {
      kept.set(entry.key, entry)
    },
    replace: async (entry, original) => store.keep(entry, original),
    withdraw: async ({ key }) => {
      kept.delete(key)
    },
    restore: async ({ sha256 }, bytes) => {
      originals.set(sha256, bytes)
    },
    quarantine: async (bytes) => {
      quarantined.push(bytes)
      return `quarantine/${quarantined.length}`
    },
    fromQuarantine: async (sha256) => quarantined.find((bytes) => sha256Of(bytes) === sha256),
    writeObstacle: async () => undefined,
    closure: async () => undefined,
    ...overrides,
  }
  return store
}

const earlier = '2026-11-24T00:00:00.000Z'

/** A ledger that tells of nothing. */
export const emptyLedger: Ledger = { read: async () => ({ attempts: [], faults: [] }) }

/** A journal in memory. */
export interface MemoryJournal extends Journal {
  readonly settlements: readonly Settlement[]
  readonly barred: Map<RequestHash, Verdict>
}

export function memoryJournal(): MemoryJournal {
  const settlements: Settlement[] = []
  const barred = new Map<RequestHash, Verdict>()
  const open = new Map<string, OpenAttempt>()
  return {
    settlements,
    barred,
    open: async () => [...open.values()],
    verdicts: async () => barred,
    verdict: async (request) => barred.get(request),
    begin: async ({ id: attempt, requestHash, worstMicroUsd, at = earlier }) => {
      open.set(attempt, { attempt, requestHash, at, worstMicroUsd })
    },
    receive: async () => {},
    unfinished: async () => [],
    giveUp: async () => {},
    found: async () => {},
    settle: async (intent, settlement) => {
      settlements.push(settlement)
      if (settlement.kind !== 'unknown') open.delete(intent.id)
      if (settlement.kind === 'refused') barred.set(intent.requestHash, settlement)
      if (settlement.kind === 'unknown')
        barred.set(intent.requestHash, { ...settlement, worstMicroUsd: intent.worstMicroUsd })
    },
  }
}

/** A claim that nobody takes away. */
export const freeClaim: Claim = { begin: async () => true, end: async () => {} }

/** Claims that nobody else makes. */
export const freeClaims: Claims = {
  claim: async () => freeClaim,
  isHeld: async () => false,
  reserve: async () => 'reserved',
}

/** A clock that stands still, and remembers what it was asked to wait. */
export interface FixedClock extends Clock {
  readonly waits: readonly number[]
}

export function fixedClock(): FixedClock {
  const waits: number[] = []
  return {
    waits,
    now: () => new Date('2026-11-23T12:00:00Z'),
    elapsed: () => 0,
    wait: async (ms, signal) => {
      signal.throwIfAborted()
      waits.push(ms)
    },
  }
}

/** A project without picture files. */
export const noFiles: ReferenceFiles = {
  find: async () => ({ kind: 'absent' }),
  read: async () => undefined,
}
