import OpenAI, { APIError } from 'openai'
import { z } from 'zod'
import { parseJson } from '../../../json.ts'
import type { BatchState } from '../../../ports.ts'
import { stateOf } from './state.ts'

type Batch = OpenAI.Batches.Batch

const batchShape = z.object({ id: z.string().min(1), status: z.string().min(1) })

const pageShape = z.object({
  data: z.array(z.custom<Batch>(isBatch, 'no batch')),
  has_more: z.boolean(),
})

/** Whether a reply is a batch at all, and no page of a proxy. */
export function isBatch(value: unknown): value is Batch {
  return batchShape.safeParse(value).success
}

/** Every batch of ours. Throws where a page cannot be read: what it leaves out might be bought twice. */
export async function listBatches(
  client: OpenAI,
  signal: AbortSignal,
): Promise<readonly BatchState[]> {
  const states: BatchState[] = []
  const cursors = new Set<string>()
  for (let after: string | undefined; ;) {
    const query = { limit: 100, ...(after !== undefined && { after }) }
    const response = await client.batches.list(query, { signal }).asResponse()
    const { data: page } = pageShape.safeParse(parseJson(await response.text()))
    if (page === undefined) throw new Error('the list of batches cannot be read')
    states.push(...page.data.flatMap((batch) => stateOf(batch) ?? []))
    if (!page.has_more) return states
    after = page.data.at(-1)?.id
    if (after === undefined || cursors.has(after)) throw new Error('the list of batches has no end')
    cursors.add(after)
  }
}

/** One batch. Throws where there is none, or no batch is answered. */
export async function retrieveBatch(
  client: OpenAI,
  id: string,
  signal: AbortSignal,
): Promise<Batch> {
  const batch: unknown = await client.batches.retrieve(id, { signal })
  if (isBatch(batch) && batch.id === id) return batch
  throw new Error(`batch \`${id}\` cannot be read`)
}

/** One batch of ours; nothing where the account has none of this name. */
export async function findBatch(
  client: OpenAI,
  id: string,
  signal: AbortSignal,
): Promise<BatchState | undefined> {
  try {
    const state = stateOf(await retrieveBatch(client, id, signal))
    if (state !== undefined) return state
  } catch (cause) {
    if (cause instanceof APIError && cause.status === 404) return undefined
    throw cause
  }
  throw new Error(`batch \`${id}\` carries no name of ours`)
}
