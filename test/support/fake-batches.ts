import { fsJournal } from '../../packages/core/src/store/journal.ts'
import { planOf } from '../../packages/core/src/consented-plan.ts'
import type {
  Answer,
  BatchDesk,
  BatchJournal,
  BatchRecord,
  BatchState,
  Claims,
  Incident,
  Journal,
  Provider,
  RequestHash,
  Store,
} from '../../packages/core/src/ports.ts'
import type { Terms } from '../../packages/core/src/config/terms.ts'
import type { ImageRequest } from '../../packages/core/src/request/image-request.ts'
import { type BatchRun, runInBatches } from '../../packages/core/src/resolve/batch.ts'
import {
  type MemoryStore,
  emptyLedger,
  fakeProvider,
  fixedClock,
  freeClaims,
  generous,
  inputOf,
  memoryStore,
  noFiles,
  requestIn,
  settingsOf,
} from './fakes.ts'
import { png } from './pictures.ts'

/** A batch that the fake holds, with its answers by prompt. */
export interface FakeBatch {
  readonly state: BatchState
  readonly requests: ReadonlyMap<RequestHash, string>
  readonly answers: readonly (readonly [prompt: string, answer: Answer])[]
  /** Left out of the list, and found by its name alone. */
  readonly isUnlisted?: boolean
}

/** A desk over batches that a test writes itself, and what it was asked. */
export interface FakeDesk extends BatchDesk {
  readonly batches: FakeBatch[]
  readonly asked: string[]
}

export function fakeDesk(overrides: Partial<BatchDesk> = {}): FakeDesk {
  const batches: FakeBatch[] = []
  const asked: string[] = []
  const held = ({ id }: BatchState): FakeBatch | undefined =>
    batches.find(({ state }) => state.id === id)
  return {
    batches,
    asked,
    submit: async (order, requests) => {
      const state: BatchState = {
        id: `batch_${batches.length + 1}`,
        order,
        status: 'waiting',
        message: 'validating',
      }
      const prompts = requests.map(({ id, input }) => [id, input.prompt] as const)
      batches.push({ state, requests: new Map(prompts), answers: [] })
      asked.push(`submit ${prompts.map(([, prompt]) => prompt).join(', ')}`)
      return { kind: 'submitted', batch: state }
    },
    list: async () => batches.flatMap(({ state, isUnlisted }) => (isUnlisted ? [] : [state])),
    find: async (id) => {
      asked.push(`find ${id}`)
      return batches.find(({ state }) => state.id === id)?.state
    },
    requestsOf: async (state) => {
      asked.push(`requests of ${state.id}`)
      return [...(held(state)?.requests.keys() ?? [])]
    },
    collect: async function* (state) {
      asked.push(`collect ${state.id}`)
      const batch = held(state)
      for (const [prompt, answer] of batch?.answers ?? [])
        for (const [id, own] of batch?.requests ?? []) if (own === prompt) yield { id, answer }
    },
    ...overrides,
  }
}

/** Ends a batch of the desk with these answers. */
export function endBatch(desk: FakeDesk, id: string, answers: FakeBatch['answers']): void {
  const index = desk.batches.findIndex(({ state }) => state.id === id)
  const batch = desk.batches[index]
  if (batch === undefined) throw new Error(`no batch ${id}`)
  const state = { ...batch.state, status: 'ended' as const }
  desk.batches[index] = { ...batch, state, answers }
}

export async function made(): Promise<Answer> {
  return { kind: 'image', bytes: await png({ width: 1024, height: 1024 }), microUsd: 20_000 }
}

/** One machine: its journal is a folder, its store is memory. */
export interface Machine {
  readonly store: MemoryStore
  readonly journal: Journal & { readonly batches: BatchJournal }
  records(): Promise<readonly BatchRecord[]>
  /** `imprompt generate --batch` over content of these prompts, or of these requests. */
  run(prompts: readonly (string | ImageRequest)[], options?: RunOptions): Promise<BatchRun>
}

export interface RunOptions {
  /** What the run finds in place of the machine's own. */
  readonly journal?: Partial<Journal>
  readonly store?: Partial<Store>
  /** Requests that another build holds, asked right before word is left of them. */
  readonly held?: (request: RequestHash) => boolean | Promise<boolean>
  readonly retriesUnknown?: boolean
  readonly stop?: AbortSignal
  readonly terms?: Partial<Terms>
  /** What went wrong in remotes. */
  readonly incidents?: readonly Incident[]
  /** How long after the first run it starts. */
  readonly laterMs?: number
}

export function machineAt(folder: string, desk: BatchDesk | undefined): Machine {
  const store = memoryStore()
  const own = fsJournal(folder)
  const { batches } = own
  if (batches === undefined) throw new Error('no batches')
  const provider = fakeProvider(() => Promise.reject(new Error('asked outside a batch')), {
    connect: () => ({
      kind: 'ready',
      generate: () => Promise.reject(new Error('asked outside a batch')),
      ...(desk && { batch: desk }),
    }),
  })
  const inBatch: Provider = { ...provider, estimateInBatch: (input) => provider.estimate(input) }
  const settings = settingsOf({}, inBatch)
  return {
    store,
    journal: { ...own, batches },
    records: () => batches.records(),
    run: (prompts, options = {}) => {
      const requests = prompts.map((prompt) =>
        typeof prompt === 'string'
          ? requestIn(`![gen: ${prompt}](size=1024x1024, quality=low)`, settings)
          : prompt,
      )
      const start = fixedClock().now().getTime() + (options.laterMs ?? 0)
      const ports = {
        store: { ...store, ...options.store },
        journal: { ...own, ...options.journal },
        clock: { ...fixedClock(), now: () => new Date(start) },
        files: noFiles,
        claims: {
          ...freeClaims,
          reserve: async (one: RequestHash) =>
            (await options.held?.(one)) === true ? 'held' : 'reserved',
        } satisfies Claims,
      }
      const consent = {
        refused: false,
        unknown: options.retriesUnknown === true,
        keepsStyle: false,
      }
      return runInBatches({
        ...ports,
        consent,
        settings,
        environment: {},
        terms: { ...generous, ...options.terms },
        incidents: () => options.incidents ?? [],
        stop: options.stop ?? new AbortController().signal,
        planOf: (priced) =>
          planOf(
            inputOf(requests),
            { ...ports, ledger: emptyLedger, settings: priced },
            { consent, terms: { ...generous, ...options.terms } },
          ),
      })
    },
  }
}
