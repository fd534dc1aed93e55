import { reasonOf } from '../error.ts'
import type { NewImage } from '../plan/budget.ts'
import type { Plan, PlannedImage } from '../plan/plan.ts'
import type {
  Answer,
  BatchDesk,
  BatchJournal,
  BatchRecord,
  BatchState,
  ClaimEnd,
  Intent,
  Key,
  RequestHash,
} from '../ports.ts'
import { count } from '../wording.ts'
import { replacedBy } from './attempted.ts'
import type { Outcome } from './outcome.ts'
import { type ConclusionPorts, conclude } from './purchase.ts'
import { type WordPorts, endAfterBatch, leaveWord } from './word-left.ts'

/** A batch of the provider's account, beside what this machine wrote down of it. */
export interface OutstandingBatch {
  readonly record: BatchRecord
  readonly desk: BatchDesk
  /** Nothing where the account has no batch of this name. */
  readonly state: BatchState | undefined
}

/** What collecting needs of the world. */
export interface CollectPorts extends ConclusionPorts, WordPorts {
  readonly batches: BatchJournal
}

/** What was collected, and why some of it could not be. */
export interface Collection {
  readonly outcomes: ReadonlyMap<Key, Outcome>
  /** The worst case of each on the day on which it was handed in. */
  readonly worstMicroUsd: ReadonlyMap<Key, number>
  readonly faults: readonly string[]
}

/** The images of a plan that a batch may bring, by their requests; the first on a published page speaks for all. */
export function awaited(plan: Plan): ReadonlyMap<RequestHash, NewImage> {
  const images = new Map<RequestHash, NewImage>()
  const { drafts = [], published = [] } = Object.groupBy(plan.images, ({ source }) =>
    source.kind === 'draft' ? 'drafts' : 'published',
  )
  for (const image of [...published, ...drafts]) {
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

/** What is missing, what became of it so far, and what today's content asks for and the store can tell of. */
interface Progress {
  readonly images: ReadonlyMap<RequestHash, NewImage>
  readonly outcomes: Map<Key, Outcome>
  readonly worstMicroUsd: Map<Key, number>
  readonly known: ReadonlySet<RequestHash>
  /** What of batches that are given up may have been billed, whatever today's content asks for. */
  readonly lost: Set<RequestHash>
}

/** Settles every batch that ended, one answer at a time, so that no more than one picture is held. */
export async function collectAll(
  outstanding: readonly OutstandingBatch[],
  plan: Plan,
  ports: CollectPorts,
): Promise<Collection> {
  const faults: string[] = []
  const progress: Progress = {
    images: awaited(plan),
    outcomes: new Map(),
    worstMicroUsd: new Map(),
    known: knownIn(plan),
    lost: new Set(),
  }
  for (const batch of outstanding) {
    const fault = await settleBatch(batch, progress, ports)
    if (fault !== undefined) faults.push(fault)
  }
  await leaveWord(endsIn(progress, outstanding), ports)
  const { outcomes, worstMicroUsd } = progress
  return { outcomes, worstMicroUsd, faults }
}

/** What other machines are to be told of the pictures that wait in no batch any more. */
function endsIn(
  { images, outcomes, lost }: Progress,
  outstanding: readonly OutstandingBatch[],
): ReadonlyMap<RequestHash, ClaimEnd> {
  const open = outstanding.filter(({ state }) => state?.status === 'waiting')
  const waiting = new Set(open.flatMap(({ record }) => record.requests.map(({ id }) => id)))
  const ends = new Map<RequestHash, ClaimEnd>()
  for (const id of lost) if (!waiting.has(id)) ends.set(id, 'unknown')
  for (const [id, { key }] of images) {
    const outcome = outcomes.get(key)
    const end = outcome && endAfterBatch(outcome)
    if (end !== undefined && !waiting.has(id)) ends.set(id, end)
  }
  return ends
}

/** An image that the store cannot tell of is none that was brought. */
function knownIn({ images }: Plan): ReadonlySet<RequestHash> {
  const faulty = images.filter(({ source }) => source.kind === 'fault')
  const untold = new Set(faulty.map(({ requestHash }) => requestHash))
  return new Set(images.flatMap(({ requestHash: one }) => (untold.has(one) ? [] : [one])))
}

/** Answers what kept the batch from being settled; it stays on record then. */
async function settleBatch(
  batch: OutstandingBatch,
  progress: Progress,
  ports: CollectPorts,
): Promise<string | undefined> {
  const { record, state } = batch
  if (state?.status === 'waiting') return undefined
  const unsettled = new Map<RequestHash, unknown>()
  const watched: CollectPorts = {
    ...ports,
    unsettled: ({ requestHash }, cause) => unsettled.set(requestHash, cause),
  }
  const name = `Batch \`${state?.id ?? record.batch ?? record.order}\``
  try {
    if (state !== undefined) await collect(batch, state, progress, watched)
  } catch (cause) {
    return `${name} could not be read to its end: ${reasonOf(cause)}. What was read of it is stored, the rest waits there`
  }
  try {
    if (state === undefined) await giveUp(record, progress, ports)
    else await close(record, (id) => progress.known.has(id) && !unsettled.has(id), ports)
  } catch (cause) {
    return `${name} could not be settled: ${reasonOf(cause)}. What it brought is stored, and it stays on record`
  }
  const [cause] = unsettled.values()
  if (unsettled.size === 0) return undefined
  return `${name} could not be settled for ${count(unsettled.size, 'picture')}: ${reasonOf(cause)}. What it brought is stored, and it stays on record`
}

/** A batch that the provider does not know of may have been accepted all the same, a moment too late to be listed. */
async function giveUp(
  record: BatchRecord,
  progress: Progress,
  { journal, batches }: CollectPorts,
): Promise<void> {
  const message = `it was handed in at ${record.since}, and the provider knows no such batch`
  for (const request of record.requests) {
    const { id, worstMicroUsd } = request
    await journal.settle(intentOf(request, record), { kind: 'unknown', message })
    progress.lost.add(id)
    const image = progress.images.get(id)
    if (image !== undefined)
      note(progress, image, { kind: 'unknown', message, worstMicroUsd }, worstMicroUsd)
  }
  // Without its record it is found by its metadata, should it turn up.
  await batches.forget(record.order)
}

/** The attempt that a request of a batch is. */
function intentOf(
  { id: requestHash, ...told }: BatchRecord['requests'][number],
  { order: id, provider, since: at }: BatchRecord,
): Intent {
  return { id, requestHash, provider, at, ...told }
}

async function collect(
  { record, desk }: OutstandingBatch,
  state: BatchState,
  progress: Progress,
  ports: CollectPorts,
): Promise<void> {
  const { images, outcomes } = progress
  const requests = new Map(record.requests.map((request) => [request.id, request]))
  const take = async (id: RequestHash, answer: Answer): Promise<void> => {
    const image = images.get(id)
    const request = requests.get(id)
    if (image === undefined || request === undefined || isBought(outcomes.get(image.key))) return
    if (record.settled !== undefined && !mayHaveBilled(answer)) return
    const intent = { ...intentOf(request, record), ...replacedBy(image) }
    const outcome = await conclude(image, answer, intent, ports)
    note(progress, image, outcome, request.worstMicroUsd)
  }
  if (!record.requests.some(({ id }) => images.has(id))) return
  const answered = new Set<RequestHash>()
  for await (const { id, answer } of desk.collect(state, ports.stop)) {
    if (!answered.has(id) || mayHaveBilled(answer)) await take(id, answer)
    answered.add(id)
  }
  const message = `batch \`${state.id}\` ended without an answer for it`
  for (const id of requests.keys())
    if (!answered.has(id)) await take(id, { kind: 'unknown', message })
}

/** What another machine's batch was refused says nothing of what is asked for today; what it was billed does. */
function mayHaveBilled({ kind }: Answer): boolean {
  return kind === 'image' || kind === 'unknown'
}

/** One batch that came to nothing keeps no other one's picture out, and hides no charge. */
function note(
  progress: Progress,
  { key }: NewImage,
  outcome: Outcome,
  worstMicroUsd: number,
): void {
  const { outcomes } = progress
  if (!isBought(outcome) && outcomes.get(key)?.kind === 'unknown') return
  outcomes.set(key, outcome)
  progress.worstMicroUsd.set(key, worstMicroUsd)
}

function isBought(outcome: Outcome | undefined): boolean {
  return outcome?.kind === 'bought' || outcome?.kind === 'found'
}

/** What belongs to no picture of today's content was paid for, too, and stays on record until it does. */
async function close(
  record: BatchRecord,
  isSettled: (id: RequestHash) => boolean,
  { batches }: CollectPorts,
): Promise<void> {
  const requests = record.requests.filter(({ id }) => !isSettled(id))
  if (requests.length === record.requests.length) return
  const done = record.requests.map(({ id }) => id).filter(isSettled)
  const former = record.settled && { settled: [...record.settled, ...done] }
  await batches.write({ ...record, requests, ...former })
}
