import { setTimeout } from 'node:timers/promises'
import type { BuildOptions } from '../../packages/core/src/build.ts'
import type { Config } from '../../packages/core/src/config/config.ts'
import { type Pipeline, createPipeline } from '../../packages/core/src/pipeline.ts'
import type {
  Claims,
  Clock,
  Journal,
  Provider,
  RemoteTier,
  Store,
} from '../../packages/core/src/ports.ts'
import { claimsOn } from '../../packages/core/src/store/claim/claims.ts'
import { fsLadder } from '../../packages/core/src/store/claim/fs-ladder.ts'
import { fsDerivedStore } from '../../packages/core/src/store/derived-store.ts'
import { fsJournal } from '../../packages/core/src/store/journal.ts'
import { fsLedger } from '../../packages/core/src/store/ledger.ts'
import { openTiers } from '../../packages/core/src/store/tiers/open-tiers.ts'
import { type Transfer, pushAll } from '../../packages/core/src/store/tiers/transfer.ts'
import { generous, memoryStore, noFiles, settingsOf } from './fakes.ts'
import { memoryRemote } from './memory-tier.ts'
import { makeProject } from './project.ts'

/** A machine of a team, with a checkout of its own: its store is memory, its journal a folder. */
export interface TeamMachine extends Disposable {
  /** What is on this machine alone. */
  readonly local: Store
  readonly store: Store
  readonly journal: Journal
  readonly claims: Claims
  readonly pipeline: Pipeline
  /** What its builds told while they waited. */
  readonly lines: readonly string[]
  /** Has its page ask for other prompts. */
  ask(prompts: readonly string[]): void
  /** `imprompt push` */
  push(): Promise<Transfer>
  build(options?: BuildOptions): ReturnType<Pipeline['build']>
  buildInBatch(options?: BuildOptions): ReturnType<Pipeline['generateInBatch']>
}

/** What machines of a team have in common. */
export interface Team {
  /** They believe it. */
  readonly tier: RemoteTier
  readonly provider: Provider
  readonly config?: Config
}

/** So much faster than it is time passes. */
const haste = 20

const hastyClock: Clock = {
  now: () => new Date(),
  elapsed: () => performance.now() * haste,
  wait: (ms, signal) => setTimeout(ms / haste, undefined, { signal }),
}

/** A machine of this name, whose page asks for these prompts. */
export function teamMachine(
  { tier, provider, config = {} }: Team,
  host: string,
  prompts: readonly string[],
): TeamMachine {
  const project = makeProject(pageOf(prompts))
  const folder = project.path('.imprompt')
  const holder = { machine: host, pid: 1, startedAt: '1', host }
  const local = memoryStore()
  const derived = fsDerivedStore(project.path('derived'))
  const here = {
    store: local,
    claims: claimsOn(fsLadder(folder), holder, hastyClock),
    fetched: derived,
    environment: {},
    clock: hastyClock,
    holder,
  }
  const tiers = openTiers([memoryRemote(tier, { isTrusted: true })], here, {
    isBestEffort: false,
    isOnlyRemote: false,
  })
  const journal = fsJournal(folder, hastyClock)
  const pipeline = createPipeline({
    ...tiers,
    root: project.root,
    configFile: 'imprompt.config.js',
    settings: settingsOf(config, provider),
    environment: {},
    derived,
    journal,
    ledger: fsLedger(folder),
    files: noFiles,
    clock: hastyClock,
    ignore: [],
  })
  const lines: string[] = []
  const usual = { isLazy: true, tell: (line: string) => lines.push(line) }
  return {
    local,
    journal,
    pipeline,
    lines,
    store: tiers.store,
    ask: (others) => project.write(pageOf(others)),
    push: () => pushAll(local, tiers.tiers),
    claims: tiers.claims,
    build: async (options) =>
      pipeline.build(await pipeline.scan(), generous, { ...usual, ...options }),
    buildInBatch: async (options) =>
      pipeline.generateInBatch(await pipeline.scan(), generous, { ...usual, ...options }),
    [Symbol.dispose]: () => project[Symbol.dispose](),
  }
}

function pageOf(prompts: readonly string[]): Readonly<Record<string, string>> {
  const images = prompts.map((prompt) => `![gen: ${prompt}](size=512x512, quality=low)\n`)
  return { 'post.md': images.join('\n') }
}
