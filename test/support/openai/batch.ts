import { createServer } from 'node:http'
import {
  isOpen,
  type BatchDesk,
  type EndStatus,
  type HeldBatch,
  type OpenStatus,
} from './batch-desk.ts'
import { attend } from './batch-routes.ts'
import { type EndOptions, endAll } from './batch-work.ts'
import type { Bill } from './bill.ts'
import type { Refusal } from './rules.ts'

/** OpenAI's Files and Batches on this machine: as strict, and paid when a batch ends. */
export interface BatchApi extends AsyncDisposable {
  /** Ends in `/v1`. */
  readonly url: string
  readonly billed: readonly Bill[]
  readonly batches: readonly HeldBatch[]
  /** Bodies of files by their ids. */
  readonly files: Map<string, Buffer>
  /** Requests that came in: method and path. */
  readonly requests: readonly string[]
  /** Accepts batches from here on without ever answering that it did. */
  hangAfterCreate(): void
  /** Resolves when a batch is accepted. */
  accepted(): Promise<void>
  /** Lists none of its batches any more. */
  forget(): void
  /** Lists none of its batches from here on, and knows each by its id. */
  unlist(): void
  /** Brings every open batch to another state on its way. */
  move(status: OpenStatus): void
  /** Refuses every request for a path that holds this. */
  refuse(path: string, refusal: Refusal | undefined): void
  /** Sends only so many bytes of each answered file, and cuts the line. */
  cutAfter(bytes: number | undefined): void
  /** Ends every open batch; of an early end the first `worked` requests were worked on. */
  end(status?: EndStatus, options?: EndOptions): Promise<void>
}

/** Starts the double on a free port of this machine. */
export async function startBatchApi(): Promise<BatchApi> {
  const desk: BatchDesk = {
    billed: [],
    batches: [],
    files: new Map(),
    requests: [],
    refusals: new Map(),
    waiters: [],
    isHanging: false,
    isUnlisted: false,
    cut: undefined,
  }
  const server = createServer((request, response) => {
    attend(desk, request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/v1`,
    billed: desk.billed,
    batches: desk.batches,
    files: desk.files,
    requests: desk.requests,
    hangAfterCreate: () => {
      desk.isHanging = true
    },
    accepted: () => new Promise((resolve) => desk.waiters.push(resolve)),
    forget: () => {
      desk.batches.length = 0
    },
    unlist: () => {
      desk.isUnlisted = true
    },
    move: (status) => {
      for (const batch of desk.batches) if (isOpen(batch)) batch.status = status
    },
    refuse: (path, refusal) => {
      if (refusal === undefined) desk.refusals.delete(path)
      else desk.refusals.set(path, refusal)
    },
    cutAfter: (bytes) => {
      desk.cut = bytes
    },
    end: (status = 'completed', options = {}) => endAll(desk, status, options),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
