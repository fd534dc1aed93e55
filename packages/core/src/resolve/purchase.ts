import { reasonOf } from '../error.ts'
import type { NewImage } from '../plan/budget.ts'
import type {
  Answer,
  Claim,
  Clock,
  Entry,
  Intent,
  Journal,
  ReadyConnection,
  Settlement,
  Store,
} from '../ports.ts'
import { withoutStop } from '../wording.ts'
import { ask } from './ask.ts'
import { boughtAs, entryOf, expectedSize, isAmount } from './bought-entry.ts'
import { type InputPorts, inputImagesOf } from './inputs.ts'
import { inspectReply } from './inspect-reply.ts'
import type { Limiter } from './limiter.ts'
import type { Outcome } from './outcome.ts'

/** What is needed to keep what an answer brings. */
export interface ConclusionPorts {
  readonly store: Store
  readonly journal: Journal
  readonly clock: Clock
  /** Told why the end of an attempt could not be written down. */
  readonly unsettled?: (intent: Intent, cause: unknown) => void
}

/** What a purchase needs of the world. */
export interface PurchasePorts extends InputPorts, ConclusionPorts {
  /** No further attempt is made after it is aborted; a request that is under way is waited for, as it is paid for. */
  readonly stop: AbortSignal
}

/**
 * Buys one image: the attempt is written down, then sent; the reply is checked, then stored, then settled. Never
 * rejects, so that no purchase of a pool is lost sight of because another one failed.
 */
export async function purchase(order: Order, claim: Claim, ports: PurchasePorts): Promise<Outcome> {
  const { image, connection, limiter } = order
  const inputs = await inputImagesOf(image, order.base, ports)
  if ('fault' in inputs) return { kind: 'failed', scope: 'image', message: inputs.fault }
  const { journal, stop } = ports
  const asked = await ask(
    { image, images: inputs.images, connection, limiter, journal, claim },
    stop,
  )
  if (asked.kind === 'unsent') {
    const { message, isOverBudget } = asked
    if (isOverBudget !== true) return { kind: 'failed', scope: 'run', message }
    return { kind: 'failed', scope: 'image', message, code: 'BUDGET_EXCEEDED' }
  }
  return conclude(image, asked.answer, asked.intent, ports)
}

/** Does what follows from an answer: stores the picture and settles the attempt. Never rejects. */
export async function conclude(
  image: NewImage,
  answer: Answer,
  intent: Intent,
  ports: ConclusionPorts,
): Promise<Outcome> {
  switch (answer.kind) {
    case 'image':
      return receive(image, answer, intent, ports)
    case 'busy':
      await settle(intent, { kind: 'released' }, ports)
      return { kind: 'failed', scope: 'run', message: answer.message }
    case 'refused':
      return refuse(answer, intent, ports)
    case 'unknown':
      return loseAnswer(answer, intent, ports)
  }
}

/** Quota, credentials and settings can be mended: only what the prompt says is refused for good. */
async function refuse(answer: Refusal, intent: Intent, ports: ConclusionPorts): Promise<Outcome> {
  const { scope, code, message, requestId } = answer
  const cost = isAmount(answer.microUsd) ? { microUsd: answer.microUsd } : {}
  const vendor = requestId === undefined ? {} : { requestId }
  const settlement: Settlement = isFinal(answer)
    ? { kind: 'refused', code, message, ...cost, ...vendor }
    : { kind: 'released', refusal: { code, ...vendor } }
  const untold = await settle(intent, settlement, ports)
  return { kind: 'refused', scope, code, message: told(message, untold), ...cost }
}

type Refusal = Answer & { readonly kind: 'refused' }

/** What a prompt says stays refused; what was billed without a picture would be billed again. */
function isFinal({ scope, microUsd = 0 }: Refusal): boolean {
  return scope === 'prompt' || microUsd > 0
}

/** Whatever arrived of an answer that cannot be read may be what was paid for. */
async function loseAnswer(
  answer: Answer & { kind: 'unknown' },
  intent: Intent,
  ports: ConclusionPorts,
): Promise<Outcome> {
  const { received = [] } = answer
  const [first, ...others] = received
  if (first === undefined) return loseTrack(answer, intent, ports)
  await Promise.all(others.map((bytes) => ports.store.quarantine(bytes).catch(() => undefined)))
  return setAside(first, answer, intent, ports)
}

/** What is to be bought, where. */
export interface Order {
  readonly image: NewImage
  /** The entry of the picture that the image is based on. */
  readonly base: Entry | undefined
  readonly connection: ReadyConnection
  /** That of the connection's account. */
  readonly limiter: Limiter
}

async function receive(
  image: NewImage,
  answer: Answer & { readonly kind: 'image' },
  intent: Intent,
  ports: ConclusionPorts,
): Promise<Outcome> {
  const size = expectedSize(image, answer)
  const inspected = await inspectReply(answer.bytes, { ...image.request, size })
  const { requestId } = answer
  if ('fault' in inspected)
    return setAside(answer.bytes, { message: inspected.fault, requestId }, intent, ports)
  const entry = entryOf(image, answer, inspected.original, ports.clock.now())
  // Where this cannot be written down the picture may be stored all the same.
  await ports.journal.receive(intent, entry).catch(() => undefined)
  let isUnpushed: boolean
  try {
    isUnpushed = (await ports.store.keep(entry, answer.bytes)) === 'unpushed'
  } catch (cause) {
    const message = `the picture was paid for and could not be stored: ${reasonOf(cause)}`
    return setAside(answer.bytes, { message, requestId }, intent, ports)
  }
  const untold = await settle(intent, boughtAs(entry), ports)
  return {
    kind: 'bought',
    entry,
    ...(isUnpushed && { isUnpushed }),
    ...(untold !== undefined && { untold }),
  }
}

/** Why nobody knows what became of an attempt, and how its provider names it. */
interface Loss {
  readonly message: string
  readonly requestId?: string | undefined
}

/** Whatever arrived was paid for, and is kept for a person to look at. */
async function setAside(
  bytes: Uint8Array,
  { message: fault, requestId }: Loss,
  intent: Intent,
  ports: ConclusionPorts,
): Promise<Outcome> {
  try {
    const path = await ports.store.quarantine(bytes)
    const message = `${fault}; its bytes were kept in \`${path}\``
    return await loseTrack({ message, requestId }, intent, ports)
  } catch (cause) {
    const message = `${fault}; its bytes could not be kept: ${reasonOf(cause)}`
    return loseTrack({ message, requestId }, intent, ports)
  }
}

async function loseTrack(
  { message, requestId }: Loss,
  intent: Intent,
  ports: ConclusionPorts,
): Promise<Outcome> {
  const vendor = requestId === undefined ? {} : { requestId }
  const untold = await settle(intent, { kind: 'unknown', message, ...vendor }, ports)
  return { kind: 'unknown', message: told(message, untold), worstMicroUsd: intent.worstMicroUsd }
}

/**
 * An attempt whose end cannot be written down stays on record as unknown, which errs on the safe side. Answers why, where
 * nobody else is told.
 */
async function settle(
  intent: Intent,
  settlement: Settlement,
  { journal, unsettled }: ConclusionPorts,
): Promise<string | undefined> {
  try {
    await journal.settle(intent, settlement)
    return undefined
  } catch (cause) {
    if (unsettled === undefined) return reasonOf(cause)
    unsettled(intent, cause)
    return undefined
  }
}

function told(message: string, untold: string | undefined): string {
  if (untold === undefined) return message
  return `${withoutStop(message)}; this could not be written down: ${untold}`
}
