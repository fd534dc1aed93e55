import type OpenAI from 'openai'
import type { BatchState } from '../../../ports.ts'

type Batch = OpenAI.Batches.Batch

/** What our batches carry, so that they are known again on any machine. */
export function metadataOf(order: string): { readonly imprompt: '1'; readonly order: string } {
  return { imprompt: '1', order }
}

/** A batch of ours; nothing for any other one. */
export function stateOf(batch: Batch): BatchState | undefined {
  const { imprompt, order } = batch.metadata ?? {}
  if (imprompt !== '1' || order === undefined) return undefined
  const { id, status, request_counts: counts } = batch
  const progress = counts === undefined ? '' : `, ${counts.completed} of ${counts.total} made`
  const isEnded = endings.has(status)
  return { id, order, status: isEnded ? 'ended' : 'waiting', message: `${status}${progress}` }
}

const endings: ReadonlySet<Batch['status']> = new Set([
  'completed',
  'failed',
  'expired',
  'cancelled',
])
