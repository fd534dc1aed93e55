import { ImpromptError, reasonOf } from '../error.ts'
import type { NewImage } from '../plan/budget.ts'
import type { BatchDesk, BatchJournal, BatchRecord, BatchState, RequestHash } from '../ports.ts'
import type { OutstandingBatch } from './batch-collect.ts'
import { batchedAs } from './batch-price.ts'

/** What is asked of the accounts that batches were handed in to. */
export interface Search {
  readonly records: readonly BatchRecord[]
  /** Where to ask, by the id of the provider. */
  readonly desks: ReadonlyMap<string, BatchDesk>
  /** What is missing, by its request. */
  readonly images: ReadonlyMap<RequestHash, NewImage>
  readonly batches: BatchJournal
  readonly now: Date
  readonly stop: AbortSignal
}

/** A list of batches may lag this long behind what was accepted. */
const listingLagMs = 600_000

/**
 * Every batch that may hold what is missing: those on record, and those that the accounts list and this machine knows
 * nothing of, or not all. What is found of the latter is written down while it waits.
 * @throws `PROVIDER_REFUSED` where an account cannot tell, since a picture might be bought twice then.
 */
export async function lookForBatches(search: Search): Promise<readonly OutstandingBatch[]> {
  const found: OutstandingBatch[] = []
  for (const [provider, desk] of search.desks) {
    try {
      found.push(...(await lookAt(provider, desk, search)))
    } catch (cause) {
      if (cause instanceof ImpromptError) throw cause
      const message = `\`${provider}\` cannot tell of its batches: ${reasonOf(cause)}. Nothing was handed in, and nothing is lost; run \`imprompt generate --batch\` again`
      throw new ImpromptError('PROVIDER_REFUSED', message, { cause })
    }
  }
  return found
}

async function lookAt(
  provider: string,
  desk: BatchDesk,
  search: Search,
): Promise<readonly OutstandingBatch[]> {
  const records = search.records.filter((record) => record.provider === provider)
  const states = await desk.list(search.stop)
  const byOrder = new Map(states.map((state) => [state.order, state]))
  const found = new Map<string, OutstandingBatch>()
  for (const record of records.filter(({ requests }) => requests.length > 0)) {
    const state = byOrder.get(record.order) ?? (await byName(record, desk, search.stop))
    if (state === undefined && mayBeUnlisted(record, search.now)) continue
    found.set(record.order, { desk, state, record: await named(record, state, search) })
  }
  const own = new Map(records.map((record) => [record.order, record]))
  for (const state of states) {
    const former = own.get(state.order)
    if (former !== undefined && former.settled === undefined) continue
    const since = search.now.toISOString()
    const { order, id: batch } = state
    const blank = { order, provider, batch, since, requests: [], settled: [] }
    const record = await adopted(former ?? blank, desk, state, search)
    if (record !== undefined) found.set(state.order, { desk, state, record })
  }
  return [...found.values()]
}

/** What one list leaves out may be there all the same. */
async function byName(
  { batch }: BatchRecord,
  desk: BatchDesk,
  stop: AbortSignal,
): Promise<BatchState | undefined> {
  return batch === undefined ? undefined : desk.find?.(batch, stop)
}

function mayBeUnlisted({ batch, since }: BatchRecord, now: Date): boolean {
  return batch === undefined && now.getTime() - Date.parse(since) < listingLagMs
}

/** A process that was killed before it could write the vendor's name down has it written by the next one. */
async function named(
  record: BatchRecord,
  state: BatchState | undefined,
  { batches }: Search,
): Promise<BatchRecord> {
  if (state === undefined || state.id === record.batch) return record
  const known = { ...record, batch: state.id }
  // The record without a name finds its batch as well.
  await batches.write(known).catch(() => undefined)
  return known
}

/** The record of a batch with what it holds of today's missing pictures; nothing where it holds none. */
async function adopted(
  former: BatchRecord & { readonly batch?: string },
  desk: BatchDesk,
  state: BatchState,
  { images, batches, stop }: Search,
): Promise<BatchRecord | undefined> {
  const told = new Set([...former.requests.map(({ id }) => id), ...(former.settled ?? [])])
  const wanted = [...images].filter(
    ([id, { request }]) => !told.has(id) && request.provider === former.provider,
  )
  if (wanted.length === 0) return undefined
  const held = former.held ?? (await desk.requestsOf(state, stop))
  const isHeld = new Set(held)
  const more = wanted.filter(([id]) => isHeld.has(id)).map(([, image]) => batchedAs(image))
  const requests = [...former.requests, ...more]
  const record = { ...former, batch: state.id, requests, held }
  if (more.length === 0) {
    // Where it cannot be written down, the next run reads the batch once more.
    if (former.held === undefined) await batches.write(record).catch(() => undefined)
    return undefined
  }
  if (state.status === 'waiting') await write(record, batches)
  return record
}

/** What waits and is not on record would be bought again. */
async function write(record: BatchRecord, batches: BatchJournal): Promise<void> {
  try {
    await batches.write(record)
  } catch (cause) {
    const message = `Batch \`${record.batch}\` waits at \`${record.provider}\`, and cannot be written down: ${reasonOf(cause)}. Nothing was handed in, and nothing is lost; make \`.imprompt/journal\` writable and run \`imprompt generate --batch\` again`
    throw new ImpromptError('STORE_NOT_WRITABLE', message, { cause })
  }
}
