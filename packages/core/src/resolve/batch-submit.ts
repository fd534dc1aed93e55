import { randomUUID } from 'node:crypto'
import { reasonOf } from '../error.ts'
import type { NewImage } from '../plan/budget.ts'
import type { Plan } from '../plan/plan.ts'
import type {
  BatchDesk,
  BatchJournal,
  BatchRecord,
  BatchRequest,
  Claims,
  Clock,
  InputImages,
  Key,
} from '../ports.ts'
import { basesOf } from './bases.ts'
import { batchedAs } from './batch-price.ts'
import { portionsOf } from './batch-portions.ts'
import { type InputPorts, inputImagesOf } from './inputs.ts'
import type { Outcome } from './purchase.ts'

/** What handing in needs of the world. */
export interface SubmitPorts extends InputPorts {
  readonly batches: BatchJournal
  readonly claims: Pick<Claims, 'isHeld'>
  readonly clock: Clock
  readonly stop: AbortSignal
}

/**
 * Hands images of a plan that passed the gate in, after each batch was written down. Answers what became of those that
 * were not handed in, or of which it is not known; the others wait.
 */
export async function submitAll(
  plan: Plan,
  images: readonly NewImage[],
  desks: ReadonlyMap<string, BatchDesk>,
  ports: SubmitPorts,
): Promise<ReadonlyMap<Key, Outcome>> {
  const outcomes = new Map<Key, Outcome>()
  const byProvider = Map.groupBy(images, ({ request }) => request.provider)
  for (const [provider, own] of byProvider) {
    const desk = desks.get(provider)
    if (desk === undefined) {
      const outcome = failed(`\`${provider}\` takes no batches`)
      for (const { key } of own) outcomes.set(key, outcome)
      continue
    }
    const came = await submitOwn(plan, own, { provider, desk }, ports)
    for (const [key, outcome] of came) outcomes.set(key, outcome)
  }
  return outcomes
}

/** Hands in what one provider makes; what it will not take at all keeps the rest from being read and handed in. */
async function submitOwn(
  plan: Plan,
  images: readonly NewImage[],
  { provider, desk }: Pick<Portion, 'provider' | 'desk'>,
  ports: SubmitPorts,
): Promise<ReadonlyMap<Key, Outcome>> {
  const outcomes = new Map<Key, Outcome>()
  const left = new Map(images.map((image) => [image.requestHash, image]))
  const bases = basesOf(plan)
  const requestFor = async (image: NewImage): Promise<BatchRequest | undefined> => {
    const inputs = await inputImagesOf(image, await bases.entryOf(image, new Map()), ports)
    if (!('fault' in inputs)) return requestOf(image, inputs.images)
    outcomes.set(image.key, { kind: 'failed', scope: 'image', message: inputs.fault })
    return undefined
  }
  for await (const portion of portionsOf(images, { desk, requestFor })) {
    const members = portion.flatMap(({ id }) => left.get(id) ?? [])
    for (const { requestHash } of members) left.delete(requestHash)
    const { answer, held } = await submitOne({ desk, provider, portion, images: members }, ports)
    for (const { key } of held) outcomes.set(key, heldElsewhere)
    if (answer === undefined) continue
    for (const image of members)
      if (!held.includes(image)) outcomes.set(image.key, answerFor(image, answer))
    if (answer.kind === 'unknown') continue
    for (const { key } of left.values()) if (!outcomes.has(key)) outcomes.set(key, answer)
    break
  }
  return outcomes
}

function requestOf({ requestHash, request }: NewImage, images?: InputImages): BatchRequest {
  return { id: requestHash, input: request, ...(images && { images }) }
}

function answerFor({ source }: NewImage, answer: Outcome): Outcome {
  if (answer.kind !== 'unknown') return answer
  return { ...answer, worstMicroUsd: source.estimate.worstMicroUsd }
}

interface Portion {
  readonly desk: BatchDesk
  readonly provider: string
  readonly portion: readonly BatchRequest[]
  /** The images that its requests are for. */
  readonly images: readonly NewImage[]
}

function failed(message: string): Outcome {
  return { kind: 'failed', scope: 'run', message }
}

const heldElsewhere: Outcome = {
  kind: 'failed',
  scope: 'image',
  message: 'a build asks for it at this moment',
}

/** What became of a portion: nothing where the batch was accepted, of all that no build was buying. */
interface Submitted {
  readonly answer: Outcome | undefined
  readonly held: readonly NewImage[]
}

async function submitOne(portion: Portion, ports: SubmitPorts): Promise<Submitted> {
  if (ports.stop.aborted)
    return { answer: failed('the run was stopped before it was handed in'), held: [] }
  const record = recordOf(portion, ports)
  let held: readonly NewImage[]
  try {
    await ports.batches.write(record)
    // A build looks for records once it holds its claim, and we for claims once the record stands: one sees the other.
    held = await heldOf(portion.images, ports)
    if (held.length > 0) await ports.batches.write(without(record, held))
  } catch (cause) {
    await forget(record.order, ports.batches)
    return { answer: failed(`the batch could not be written down: ${reasonOf(cause)}`), held: [] }
  }
  const rest = without(record, held)
  const ids = new Set<string>(rest.requests.map(({ id }) => id))
  const requests = portion.portion.filter(({ id }) => ids.has(id))
  if (requests.length > 0)
    return { answer: await handOver(portion.desk, requests, rest, ports), held }
  await forget(record.order, ports.batches)
  return { answer: undefined, held }
}

function without(record: BatchRecord, images: readonly NewImage[]): BatchRecord {
  const ids = new Set(images.map(({ requestHash }) => requestHash))
  return { ...record, requests: record.requests.filter(({ id }) => !ids.has(id)) }
}

function recordOf({ provider, images }: Portion, { clock }: SubmitPorts): BatchRecord {
  return {
    order: randomUUID(),
    provider,
    since: clock.now().toISOString(),
    requests: images.map(batchedAs),
  }
}

async function heldOf(
  images: readonly NewImage[],
  { claims }: SubmitPorts,
): Promise<readonly NewImage[]> {
  const isHeld = await Promise.all(images.map(({ requestHash }) => claims.isHeld(requestHash)))
  return images.filter((_image, at) => isHeld[at])
}

/** Answers nothing where the batch was accepted. */
async function handOver(
  desk: BatchDesk,
  requests: readonly BatchRequest[],
  record: BatchRecord,
  { batches }: SubmitPorts,
): Promise<Outcome | undefined> {
  const { order } = record
  const answer = await submit(desk, order, requests)
  switch (answer.kind) {
    case 'submitted':
      // The record without a name finds its batch as well, by our own name of it.
      await batches.write({ ...record, batch: answer.batch.id }).catch(() => undefined)
      return undefined
    case 'busy':
      await forget(order, batches)
      return failed(answer.message)
    case 'refused':
      await forget(order, batches)
      return { kind: 'refused', scope: 'run', code: answer.code, message: answer.message }
    case 'unknown':
      return { kind: 'unknown', message: answer.message, worstMicroUsd: 0 }
  }
}

/** A record that stays has its pictures looked for at the provider, and asked for again by consent alone. */
async function forget(order: string, batches: BatchJournal): Promise<void> {
  await batches.forget(order).catch(() => undefined)
}

async function submit(
  desk: BatchDesk,
  order: string,
  portion: readonly BatchRequest[],
): Promise<Awaited<ReturnType<BatchDesk['submit']>>> {
  try {
    return await desk.submit(order, portion, new AbortController().signal)
  } catch (cause) {
    return { kind: 'unknown', message: `the provider failed: ${reasonOf(cause)}`, cause }
  }
}
