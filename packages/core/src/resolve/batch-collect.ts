import { reasonOf } from '../error.ts'
import type { NewImage } from '../plan/budget.ts'
import type { Plan, PlannedImage } from '../plan/plan.ts'
import type {
  BatchDesk,
  BatchJournal,
  BatchRecord,
  BatchState,
  Key,
  RequestHash,
} from '../ports.ts'
import { type ConclusionPorts, type Outcome, conclude } from './purchase.ts'

/** A batch of the provider's account, beside what this machine wrote down of it. */
export interface OutstandingBatch {
  readonly record: BatchRecord
  readonly desk: BatchDesk
  /** Nothing where the account has no batch of this name. */
  readonly state: BatchState | undefined
}

/** What collecting needs of the world. */
export interface CollectPorts extends ConclusionPorts {
  readonly batches: BatchJournal
  readonly stop: AbortSignal
}

/** What was collected, and why some of it could not be. */
export interface Collection {
  readonly outcomes: ReadonlyMap<Key, Outcome>
  readonly faults: readonly string[]
}

/** The images of a plan that a batch may bring, by their requests; the first of several speaks for all. */
export function awaited(plan: Plan): ReadonlyMap<RequestHash, NewImage> {
  const images = new Map<RequestHash, NewImage>()
  for (const image of plan.images) {
    const wanted = asNew(image)
    if (wanted !== undefined && !images.has(image.requestHash))
      images.set(image.requestHash, wanted)
  }
  return images
}

function asNew(image: PlannedImage): NewImage | undefined {
  const { source } = image
  const isMissing = source.kind === 'new' || source.kind === 'barred' || source.kind === 'draft'
  return isMissing ? { ...image, source: { kind: 'new', estimate: source.estimate } } : undefined
}

/** What is missing, and what became of it so far. */
interface Progress {
  readonly images: ReadonlyMap<RequestHash, NewImage>
  readonly outcomes: Map<Key, Outcome>
}

/** Settles every batch that ended, one answer at a time, so that no more than one picture is held. */
export async function collectAll(
  outstanding: readonly OutstandingBatch[],
  plan: Plan,
  ports: CollectPorts,
): Promise<Collection> {
  const outcomes = new Map<Key, Outcome>()
  const faults: string[] = []
  const progress = { images: awaited(plan), outcomes }
  const known = new Set(plan.images.map(({ requestHash }) => requestHash))
  for (const batch of outstanding) {
    const { state, record } = batch
    if (state === undefined) await giveUp(record, progress, ports)
    else if (state.status === 'ended') {
      const collected = collect(batch, state, progress, ports)
      const fault = await collected.then(
        () => undefined,
        (cause: unknown) => reasonOf(cause),
      )
      if (fault === undefined) await close(record, known, ports)
      else faults.push(`Batch \`${state.id}\` could not be read to its end: ${fault}`)
    }
  }
  return { outcomes, faults }
}

/** A batch that the provider does not know of may have been accepted all the same, a moment too late to be listed. */
async function giveUp(
  record: BatchRecord,
  { images, outcomes }: Progress,
  ports: CollectPorts,
): Promise<void> {
  const message = `it was handed in at ${record.since}, and the provider lists no such batch`
  for (const { id, worstMicroUsd } of record.requests) {
    const intent = { id: record.order, requestHash: id, worstMicroUsd }
    await ports.journal.settle(intent, { kind: 'unknown', message })
    const image = images.get(id)
    if (image !== undefined) outcomes.set(image.key, { kind: 'unknown', message, worstMicroUsd })
  }
  await ports.batches.forget(record.order)
}

async function collect(
  { record, desk }: OutstandingBatch,
  state: BatchState,
  { images, outcomes }: Progress,
  ports: CollectPorts,
): Promise<void> {
  const open = new Map(record.requests.map((request) => [request.id, request]))
  for await (const { id, answer } of desk.collect(state, ports.stop)) {
    const image = images.get(id)
    const request = open.get(id)
    if (image === undefined || request === undefined || isBought(outcomes.get(image.key))) continue
    open.delete(id)
    const intent = { id: record.order, requestHash: id, worstMicroUsd: request.worstMicroUsd }
    outcomes.set(image.key, await conclude(image, answer, intent, ports))
  }
  for (const [id, { worstMicroUsd }] of open) {
    const image = images.get(id)
    if (image === undefined || outcomes.has(image.key)) continue
    const intent = { id: record.order, requestHash: id, worstMicroUsd }
    const message = `batch \`${state.id}\` ended without an answer for it`
    const answer = { kind: 'unknown', message } as const
    outcomes.set(image.key, await conclude(image, answer, intent, ports))
  }
}

/** An earlier batch that came to nothing keeps no later one's picture out. */
function isBought(outcome: Outcome | undefined): boolean {
  return outcome?.kind === 'bought' || outcome?.kind === 'found'
}

/** What belongs to no picture of today's content was paid for, too, and stays on record until it does. */
async function close(
  record: BatchRecord,
  known: ReadonlySet<RequestHash>,
  { batches }: CollectPorts,
): Promise<void> {
  const requests = record.requests.filter(({ id }) => !known.has(id))
  if (requests.length === 0) await batches.forget(record.order)
  else await batches.write({ ...record, requests })
}
