import pMap from 'p-map'
import { formatUsd } from '../config/usd.ts'
import type { NewImage } from '../plan/budget.ts'
import type { Plan } from '../plan/plan.ts'
import type { Connection, Entry, Key } from '../ports.ts'
import { openAccount } from './account.ts'
import { basesOf } from './bases.ts'
import { limitersOf } from './limiter.ts'
import { type SharedPorts, purchaseOnce } from './purchase-once.ts'
import type { Outcome } from './outcome.ts'
import { shareWithTwins } from './share.ts'
import { type Telling, toldClaims } from './told-claims.ts'

/** What a resolve stage may do. */
export interface PurchaseLimits {
  readonly budgetMicroUsd: number
  /** Requests under way at once. */
  readonly concurrency: number
  readonly connections: ReadonlyMap<string, Connection>
}

/**
 * Buys the given images of a plan that passed the gate, and shares each purchase with its twins in the plan. The only
 * place that spends. A refusal for the whole run, an overrun or the stop signal keeps further requests from going out.
 */
export async function resolve(
  plan: Plan,
  images: readonly NewImage[],
  limits: PurchaseLimits,
  ports: SharedPorts & Telling,
): Promise<ReadonlyMap<Key, Outcome>> {
  if (images.length === 0) return new Map()
  const claims = toldClaims(ports.claims, images, ports)
  const account = openAccount(limits.budgetMicroUsd)
  const halt: Halt = { reason: undefined }
  const limiters = limitersOf(limits.connections, ports)
  const halted = new AbortController()
  const stop = AbortSignal.any([ports.stop, halted.signal])
  const buy = async (image: NewImage, base: Entry | undefined): Promise<Outcome> => {
    const connection = limits.connections.get(image.request.provider)
    const limiter = limiters.get(image.request.provider)
    const reason = haltReason(halt, ports, connection)
    const { worstMicroUsd } = image.source.estimate
    if (reason !== undefined || connection?.kind !== 'ready' || limiter === undefined)
      return {
        kind: 'failed',
        scope: 'run',
        message: reason ?? `\`${image.request.provider}\` is not connected`,
      }
    if (!account.reserve(worstMicroUsd))
      return { kind: 'failed', scope: 'run', message: overspent(limits.budgetMicroUsd) }
    const outcome = await purchaseOnce(
      { image, base, connection, limiter },
      { ...ports, claims, stop },
    )
    account.settle(worstMicroUsd, costOf(outcome))
    halt.reason ??= haltAfter(outcome, worstMicroUsd)
    // Those that wait for their turn must not go out either.
    if (halt.reason !== undefined) halted.abort()
    return outcome
  }
  const bases = basesOf(plan)
  const purchases = new Map<Key, Promise<Outcome>>()
  // A picture that is varied stands before its variations, so that none of them waits for one that has no turn.
  await pMap(
    bases.inOrder(images),
    async (image) => {
      const purchase = bases.entryOf(image, purchases).then((base) => buy(image, base))
      purchases.set(image.key, purchase)
      await purchase
    },
    { concurrency: limits.concurrency },
  )
  const outcomes = [...purchases].map(async ([key, purchase]) => [key, await purchase] as const)
  return shareWithTwins(plan, new Map(await Promise.all(outcomes)), ports.store)
}

/** The gate lets no plan pass that its budget does not hold. */
function overspent(budgetMicroUsd: number): string {
  return `earlier pictures cost more than expected, and ${formatUsd(budgetMicroUsd)} do not hold it any more`
}

interface Halt {
  reason: string | undefined
}

function haltReason(
  halt: Halt,
  ports: SharedPorts,
  connection: Connection | undefined,
): string | undefined {
  if (halt.reason !== undefined) return halt.reason
  if (ports.stop.aborted) return 'the build was stopped before this picture was asked for'
  if (connection?.kind === 'locked') return `${connection.missing} is not set`
  return undefined
}

function haltAfter(outcome: Outcome, worstMicroUsd: number): string | undefined {
  if (outcome.kind === 'refused' && outcome.scope === 'run')
    return `the provider refused to go on: ${outcome.message}`
  // A provider that put one request off to the last would put off all of them.
  if (outcome.kind === 'failed' && outcome.scope === 'run') return outcome.message
  if (isOverrun(outcome, worstMicroUsd))
    return 'a picture cost more than its worst case, so that the budget cannot be held'
  return undefined
}

/** Whether the provider billed more than the plan's worst case. */
export function isOverrun(outcome: Outcome, worstMicroUsd: number): boolean {
  return outcome.kind === 'bought' && outcome.entry.cost.microUsd > worstMicroUsd
}

function costOf(outcome: Outcome): number {
  switch (outcome.kind) {
    case 'bought':
      return outcome.entry.cost.microUsd
    case 'unknown':
      return outcome.worstMicroUsd
    case 'refused':
      return outcome.microUsd ?? 0
    case 'found':
    case 'failed':
      return 0
  }
}
