import { randomUUID } from 'node:crypto'
import { reasonOf } from '../error.ts'
import type { NewImage } from '../plan/budget.ts'
import type { Plan } from '../plan/plan.ts'
import type {
  BatchDesk,
  BatchJournal,
  BatchRecord,
  BatchRequest,
  InputImages,
  Key,
} from '../ports.ts'
import { basesOf } from './bases.ts'
import { batchedAs } from './batch-price.ts'
import { portionsOf } from './batch-portions.ts'
import { type Reservation, type ReservePorts, reserveAll } from './batch-reserve.ts'
import { type InputPorts, inputImagesOf } from './inputs.ts'
import type { Outcome } from './outcome.ts'
import { free } from './word-left.ts'

/** What handing in needs of the world. */
export interface SubmitPorts extends InputPorts, ReservePorts {
  readonly batches: BatchJournal
}

const stopped = 'the run was stopped before it was handed in'

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
    const { answer, kept } = await submitOne({ desk, provider, portion, images: members }, ports)
    for (const [{ key }, outcome] of kept) outcomes.set(key, outcome)
    if (answer === undefined) continue
    for (const image of members)
      if (!kept.has(image)) outcomes.set(image.key, answerFor(image, answer))
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

/** What became of a portion: nothing where the batch was accepted, of all that nobody else has in hand. */
interface Submitted extends Pick<Reservation, 'kept'> {
  readonly answer: Outcome | undefined
}

async function submitOne(portion: Portion, ports: SubmitPorts): Promise<Submitted> {
  if (ports.stop.aborted) return unsent(stopped)
  const record = recordOf(portion, ports)
  let reservation: Reservation | undefined
  try {
    await ports.batches.write(record)
    // A build looks for records once it holds its claim, and we for claims once the record stands: one sees the other.
    reservation = await reserveAll(record.order, portion.images, ports)
    if (reservation.kept.size > 0)
      await ports.batches.write(without(record, [...reservation.kept.keys()]))
  } catch (cause) {
    await withdraw(record.order, reservation?.reserved ?? [], ports)
    return unsent(`the batch could not be written down: ${reasonOf(cause)}`, reservation?.kept)
  }
  const { kept, reserved, fault } = reservation
  if (fault !== undefined) {
    await withdraw(record.order, reserved, ports)
    return unsent(`other builds could not be kept from buying it as well: ${reasonOf(fault)}`, kept)
  }
  if (ports.stop.aborted) {
    await withdraw(record.order, reserved, ports)
    return unsent(stopped, kept)
  }
  const rest = without(record, [...kept.keys()])
  const ids = new Set<string>(rest.requests.map(({ id }) => id))
  const requests = portion.portion.filter(({ id }) => ids.has(id))
  if (requests.length > 0) {
    const handed = { ...portion, portion: requests, images: reserved }
    return { answer: await handOver(handed, rest, ports), kept }
  }
  await forget(record.order, ports.batches)
  return { answer: undefined, kept }
}

function unsent(message: string, kept: Submitted['kept'] = new Map()): Submitted {
  return { answer: failed(message), kept }
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

/** Answers nothing where the batch was accepted. */
async function handOver(
  { desk, portion, images }: Portion,
  record: BatchRecord,
  ports: SubmitPorts,
): Promise<Outcome | undefined> {
  const { order } = record
  const answer = await submit(desk, order, portion)
  switch (answer.kind) {
    case 'submitted':
      // The record without a name finds its batch as well, by our own name of it.
      await ports.batches.write({ ...record, batch: answer.batch.id }).catch(() => undefined)
      return undefined
    case 'busy':
      await withdraw(order, images, ports)
      return failed(answer.message)
    case 'refused':
      await withdraw(order, images, ports)
      return { kind: 'refused', scope: 'run', code: answer.code, message: answer.message }
    case 'unknown':
      return { kind: 'unknown', message: answer.message, worstMicroUsd: 0, isWaiting: true }
  }
}

async function withdraw(
  order: string,
  reserved: readonly NewImage[],
  ports: SubmitPorts,
): Promise<void> {
  await forget(order, ports.batches)
  await free(reserved, ports)
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
