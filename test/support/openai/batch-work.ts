/** What becomes of the requests of a batch, and what they cost. */

import { usageOf } from './answer.ts'
import { type Bill, microUsdOf } from './bill.ts'
import { isOpen, type BatchDesk, type EndStatus, type HeldBatch } from './batch-desk.ts'
import { judgeFile } from './batch-rules.ts'
import { refusals } from './faults.ts'
import { draw } from './picture.ts'
import type { Accepted, Refusal } from './rules.ts'

/** What may befall one request of a batch, by a word of its prompt. */
export type BatchFault = 'refused' | 'failed' | 'unanswered' | 'unreadable'

export interface EndOptions {
  /** How many requests of each batch were worked on. @default all of a completed one, none of another */
  readonly worked?: number
  readonly faults?: Readonly<Record<string, BatchFault>>
}

/** Ends every open batch. */
export async function endAll(
  desk: BatchDesk,
  status: EndStatus,
  options: EndOptions,
): Promise<void> {
  for (const batch of desk.batches) {
    if (!isOpen(batch)) continue
    const judged = await judgeFile(desk.files.get(batch.input_file_id), batch.endpoint)
    if ('fault' in judged || status === 'failed') {
      batch.status = 'failed'
      const message = 'fault' in judged ? judged.fault : 'This model is not served in batches.'
      batch.errors = { object: 'list', data: [{ code: 'invalid_request', message, line: 1 }] }
      continue
    }
    batch.status = status
    await work(desk, batch, judged.orders, options)
  }
}

async function work(
  desk: BatchDesk,
  batch: HeldBatch,
  orders: readonly (readonly [string, Accepted | Refusal])[],
  { worked = batch.status === 'completed' ? orders.length : 0, faults = {} }: EndOptions,
): Promise<void> {
  const output: string[] = []
  const errors: string[] = []
  for (const [index, [id, order]] of orders.entries()) {
    const line = (response: unknown, error: unknown = null): string =>
      JSON.stringify({ id: `batch_req_${index}`, custom_id: id, response, error })
    if (index >= worked) {
      errors.push(line(null, { code: `batch_${batch.status}`, message: 'Not executed.' }))
      continue
    }
    if ('error' in order) {
      errors.push(
        line({ status_code: order.status, request_id: 'req_b', body: { error: order.error } }),
      )
      continue
    }
    const fault = Object.entries(faults).find(([word]) => order.prompt.includes(word))?.[1]
    if (fault === 'refused') {
      const { error } = refusals.moderation
      errors.push(line({ status_code: 400, request_id: 'req_b', body: { error } }))
      continue
    }
    desk.billed.push(billFor(order))
    if (fault === 'unanswered') continue
    if (fault === 'failed') {
      errors.push(
        line({ status_code: 500, request_id: 'req_b', body: { error: { message: 'Oops' } } }),
      )
      continue
    }
    const picture = fault === 'unreadable' ? '*' : (await draw(order)).toString('base64')
    output.push(line({ status_code: 200, request_id: `req_${index}`, body: reply(order, picture) }))
  }
  const failed = errors.length
  batch.request_counts = { total: orders.length, completed: orders.length - failed, failed }
  batch.output_file_id = keep(desk, `${batch.id}-output`, output)
  batch.error_file_id = keep(desk, `${batch.id}-errors`, errors)
}

function keep(desk: BatchDesk, id: string, lines: readonly string[]): string | undefined {
  if (lines.length === 0) return undefined
  // What comes back is in no order.
  desk.files.set(
    id,
    Buffer.from(
      lines
        .toReversed()
        .map((line) => `${line}\n`)
        .join(''),
    ),
  )
  return id
}

function reply(order: Accepted, picture: string): object {
  return { created: 1_795_305_600, data: [{ b64_json: picture }], usage: usageOf(order) }
}

/** Half of the ordinary price, of the models that the price list has in batches. */
function billFor(order: Accepted): Bill {
  const { model, quality, prompt, width, height } = order
  const standard = microUsdOf(order)
  const microUsd = model.startsWith('gpt-image-2.') ? standard : Math.ceil(standard / 2)
  return { model, size: `${width}x${height}`, quality, prompt, microUsd }
}
