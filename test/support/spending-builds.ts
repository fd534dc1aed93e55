import { setImmediate } from 'node:timers/promises'
import type { BudgetTerm } from '../../packages/core/src/config/budget.ts'
import { noConsent } from '../../packages/core/src/plan/consent.ts'
import { capOf, newImages } from '../../packages/core/src/plan/budget.ts'
import { planFor } from '../../packages/core/src/plan/plan.ts'
import { tierLedger } from '../../packages/core/src/store/tiers/shared-ledger.ts'
import type { Answer, Connection, RemoteTier, SharedLedger } from '../../packages/core/src/ports.ts'
import { once } from '../../packages/core/src/resolve/once.ts'
import type { Outcome } from '../../packages/core/src/resolve/outcome.ts'
import type { Books } from '../../packages/core/src/resolve/books.ts'
import { reservingJournal } from '../../packages/core/src/resolve/reserving-journal.ts'
import { resolve } from '../../packages/core/src/resolve/resolve.ts'
import {
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
import { memoryBooks } from './memory-books.ts'
import { memoryTier } from './memory-tier.ts'
import { png } from './pictures.ts'

const count = 64
/** What each of the images costs at most. */
export const worstMicroUsd = 50_000
/** A tenth of what all of them may cost. */
export const limitMicroUsd = (count * worstMicroUsd) / 10
const bytes = await png({ width: 256, height: 256 })
const provider = fakeProvider(() =>
  Promise.reject(new Error('each process has its own connection')),
)
const settings = settingsOf({}, provider)
const requests = Array.from({ length: count }, (_none, at) =>
  requestIn(`![gen: no. ${at}](size=256x256)`, settings),
)

const plan = await planFor(inputOf(requests), settings, memoryStore(), {
  verdicts: new Map(),
  keepsStyle: false,
  today: '2026-11-23',
})

/** Answers the same numbers for the same seed, each from 0 up to 1: mulberry32. */
function numbersFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    const mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    const again = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((again ^ (again >>> 14)) >>> 0) / 2 ** 32
  }
}

/** What the provider may have billed: what is under way or of unknown end counts with its worst case. */
export interface Exposure {
  nowMicroUsd: number
  mostMicroUsd: number
  sent: number
}

/** A process that may be killed: whatever it asks of the world then never comes back. */
interface Life {
  isOver: boolean
  readonly death: Promise<void>
  kill(): void
}

function born(): Life {
  const { promise, resolve: die } = Promise.withResolvers<void>()
  const life: Life = {
    isOver: false,
    death: promise,
    kill: () => {
      life.isOver = true
      die()
    },
  }
  return life
}

function mortal<Port extends object>(port: Port, life: Life): Port {
  return new Proxy(port, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function') return member
      return (...args: readonly unknown[]) =>
        life.isOver ? new Promise(() => {}) : Reflect.apply(member, target, args)
    },
  })
}

function connectionOf(random: () => number, exposure: Exposure, life: Life): Connection {
  return {
    kind: 'ready',
    generate: async (): Promise<Answer> => {
      exposure.sent += 1
      exposure.nowMicroUsd += worstMicroUsd
      exposure.mostMicroUsd = Math.max(exposure.mostMicroUsd, exposure.nowMicroUsd)
      for (let turns = random() * 5; turns > 0; turns -= 1) await setImmediate()
      if (random() < 0.05) life.kill()
      if (life.isOver) return new Promise(() => {})
      const microUsd = Math.floor(random() * (worstMicroUsd + 1))
      const settled = (cost: number): number => (exposure.nowMicroUsd -= worstMicroUsd - cost)
      const luck = random()
      if (luck < 0.15) return { kind: 'unknown', message: 'reset' }
      if (luck < 0.75) {
        settled(microUsd)
        return { kind: 'refused', scope: 'prompt', code: 'no', message: 'no', microUsd }
      }
      if (luck < 0.85) {
        settled(0)
        return { kind: 'refused', scope: 'image', code: 'no', message: 'no' }
      }
      settled(microUsd)
      return { kind: 'image', bytes, microUsd }
    },
  }
}

/** A machine, and what builds on it came to. */
export interface World extends Books {
  readonly random: () => number
  readonly exposure: Exposure
  readonly store: ReturnType<typeof memoryStore>
  /** By which machines share a ledger; absent where one is alone. */
  readonly tier?: RemoteTier
}

/** A build of every `of`th image, from `part` on; resolves when it ends or is killed. */
export async function build(
  budget: readonly BudgetTerm[],
  world: World,
  part = 0,
  of = 1,
): Promise<void> {
  const { random, exposure, store, clock } = world
  const life = born()
  const terms = { ...generous, budget }
  const verdicts = await world.journal.verdicts()
  const missing = newImages(plan).filter(
    ({ key, requestHash }) => !store.kept.has(key) && !verdicts.has(requestHash),
  )
  const books = {
    journal: mortal(world.journal, life),
    ledger: mortal(world.ledger, life),
    clock,
    ...(world.tier && { sharedLedger: ledgerIn(mortal(world.tier, life)) }),
  }
  const limits = {
    budgetMicroUsd: capOf(terms),
    concurrency: count,
    connections: new Map([['fake', connectionOf(random, exposure, life)]]),
  }
  const building = resolve(
    plan,
    missing.filter((_image, at) => at % of === part),
    limits,
    {
      store: mortal(store, life),
      clock,
      files: noFiles,
      claims: freeClaims,
      journal: reservingJournal(terms, books),
      stop: new AbortController().signal,
      inFlight: once<Outcome>(),
      consent: noConsent,
    },
  )
  await Promise.race([building, life.death])
}

/** A ledger of which nothing is kept between builds. */
export function ledgerIn(tier: RemoteTier): SharedLedger {
  return tierLedger({
    name: 'memory',
    tier,
    fetched: { get: async () => undefined, put: async () => {} },
  })
}

/** A machine of its own, whose luck is the same for the same seed. */
export function worldOf(seed: number): World {
  const exposure = { nowMicroUsd: 0, mostMicroUsd: 0, sent: 0 }
  const { journal, ledger } = memoryBooks('2026-11-23T00:00:00.000Z')
  const clock = fixedClock()
  return { random: numbersFrom(seed), exposure, store: memoryStore(), journal, ledger, clock }
}

/** A tier in memory, whose answers take a while. */
export function slowTier(): RemoteTier {
  const tier = memoryTier()
  return {
    ...tier,
    get: async (...asked) => {
      await setImmediate()
      return tier.get(...asked)
    },
    create: async (...asked) => {
      await setImmediate()
      const written = await tier.create(...asked)
      await setImmediate()
      return written
    },
  }
}
