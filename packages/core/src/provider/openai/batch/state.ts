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
  // Whoever has the account writes the metadata, and an order names a file of ours.
  if (imprompt !== '1' || order === undefined || !/^[\w-]{1,64}$/.test(order)) return undefined
  const { id, status, request_counts: counts } = batch
  const progress = counts === undefined ? '' : `, ${counts.completed} of ${counts.total} made`
  const isEnded = isOver(batch)
  return { id, order, status: isEnded ? 'ended' : 'waiting', message: `${status}${progress}` }
}

/** Whether nothing more is made of it; a batch that is being cancelled still brings what was made. */
export function isOver({ status }: Batch): boolean {
  return endings.has(status)
}

const endings: ReadonlySet<Batch['status']> = new Set([
  'completed',
  'failed',
  'expired',
  'cancelled',
])
