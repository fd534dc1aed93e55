import { ImpromptError, reasonOf } from '../error.ts'
import type { NewImage } from '../plan/budget.ts'
import type { BatchDesk, BatchJournal, BatchRecord, BatchState, RequestHash } from '../ports.ts'
import type { OutstandingBatch } from './batch-collect.ts'

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

/**
 * Every batch that may hold what is missing: those on record, and those that the accounts list and this machine knows
 * nothing of. What is found of the latter is written down while it waits.
 * @throws `PROVIDER_REFUSED` where an account cannot tell, since a picture might be bought twice then.
 */
export async function lookForBatches(search: Search): Promise<readonly OutstandingBatch[]> {
  const found: OutstandingBatch[] = []
  for (const [provider, desk] of search.desks) {
    const own = search.records.filter((record) => record.provider === provider)
    try {
      const states = await desk.list(search.stop)
      const byOrder = new Map(states.map((state) => [state.order, state]))
      for (const record of own)
        found.push({
          desk,
          state: byOrder.get(record.order),
          record: await named(record, byOrder, search),
        })
      const orders = new Set(own.map(({ order }) => order))
      for (const state of states.filter(({ order }) => !orders.has(order))) {
        const record = await adopted(provider, desk, state, search)
        if (record !== undefined) found.push({ desk, state, record })
      }
    } catch (cause) {
      if (cause instanceof ImpromptError) throw cause
      const message = `The batches of \`${provider}\` cannot be told: ${reasonOf(cause)}. Nothing was handed in, and nothing is lost; run \`imprompt generate --batch\` again`
      throw new ImpromptError('PROVIDER_REFUSED', message, { cause })
    }
  }
  return found
}

/** A process that was killed before it could write the vendor's name down has it written by the next one. */
async function named(
  record: BatchRecord,
  byOrder: ReadonlyMap<string, BatchState>,
  { batches }: Search,
): Promise<BatchRecord> {
  const id = byOrder.get(record.order)?.id
  if (id === undefined || id === record.batch) return record
  const known = { ...record, batch: id }
  await batches.write(known)
  return known
}

/** The record of a batch that this machine knows nothing of; nothing where it holds nothing that is missing. */
async function adopted(
  provider: string,
  desk: BatchDesk,
  state: BatchState,
  { images, batches, now, stop }: Search,
): Promise<BatchRecord | undefined> {
  if (images.size === 0) return undefined
  const ids = await desk.requestsOf(state, stop)
  const requests = ids.flatMap((id) => {
    const image = images.get(id)
    if (image === undefined || image.request.provider !== provider) return []
    return [{ id, keys: [image.key], worstMicroUsd: image.source.estimate.worstMicroUsd }]
  })
  if (requests.length === 0) return undefined
  const { order, id: batch } = state
  const record: BatchRecord = { order, provider, batch, since: now.toISOString(), requests }
  if (state.status === 'waiting') await batches.write(record)
  return record
}
