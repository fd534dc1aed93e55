import type { Bill } from './bill.ts'
import type { Refusal } from './refusal.ts'

export type OpenStatus = 'validating' | 'in_progress' | 'finalizing' | 'cancelling'
export type EndStatus = 'completed' | 'failed' | 'expired' | 'cancelled'

/** A batch as the double holds it. */
export interface HeldBatch {
  readonly id: string
  readonly input_file_id: string
  readonly endpoint: string
  readonly completion_window: string
  readonly metadata: unknown
  status: OpenStatus | EndStatus
  request_counts: { readonly total: number; readonly completed: number; readonly failed: number }
  output_file_id?: string | undefined
  error_file_id?: string | undefined
  errors?: unknown
}

/** What the endpoints share. */
export interface BatchDesk {
  readonly billed: Bill[]
  readonly batches: HeldBatch[]
  readonly files: Map<string, Buffer>
  readonly requests: string[]
  readonly refusals: Map<string, Refusal>
  readonly waiters: (() => void)[]
  isHanging: boolean
  isUnlisted: boolean
  cut: number | undefined
}

export function isOpen({ status }: HeldBatch): boolean {
  return ['validating', 'in_progress', 'finalizing', 'cancelling'].includes(status)
}
