import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Intent, LedgerEnd } from '../ports.ts'
import { journalPath } from './address.ts'
import { readAttempt } from './attempt-record.ts'
import { lineOf } from './ledger-line.ts'
import type { FsLedger } from './ledger.ts'
import { recordText, writtenAt } from './record-files.ts'

/** A journal with what it works upon. */
export interface Desk {
  readonly folder: string
  readonly write: (path: string, content: object) => Promise<void>
  readonly ledger: FsLedger
  /** ISO 8601, UTC; nothing without a clock. */
  readonly now: () => string | undefined
}

/** The file that tells of an attempt. */
export function recordOf(
  { requestHash, id }: Pick<Intent, 'id' | 'requestHash'>,
  { folder }: Desk,
): string {
  return join(folder, journalPath(requestHash, id))
}

/** Writes down what is known of an attempt. */
export async function keep(intent: Intent, more: object, desk: Desk): Promise<void> {
  const { requestHash, id } = intent
  await desk.write(journalPath(requestHash, id), contentOf(intent, more, desk))
}

/** An attempt began when it was written down first. */
export function contentOf(intent: Intent, more: object, desk: Desk): object {
  const { requestHash: _request, id: _id, ...told } = intent
  const at = startOf(intent, desk)
  return { ...told, ...(at && { at }), ...more }
}

/** When an attempt began; nothing without a clock. */
export function startOf(intent: Intent, desk: Desk): string | undefined {
  return intent.at ?? readAttempt(recordText(recordOf(intent, desk)))?.at ?? desk.now()
}

/** Forgets an attempt. */
export async function strike(intent: Intent, desk: Desk): Promise<void> {
  await rm(recordOf(intent, desk), { force: true })
}

/** Has the ledger tell how an attempt ended, unless it does so already or tells of a purchase. */
export async function tell(
  intent: Intent,
  end: LedgerEnd,
  requestId: string | undefined,
  desk: Desk,
): Promise<void> {
  const at = startOf(intent, desk)
  if (at === undefined || desk.now() === undefined) return
  const line = lineOf({ ...intent, at }, end, requestId)
  const former = await desk.ledger.lineOf(line)
  if (former?.end !== 'bought' && former?.end !== end.end) await desk.ledger.append(line)
}

/** Has the ledger tell of an attempt whose record does not tell what it was about. */
export async function tellTorn(
  torn: Pick<Intent, 'id' | 'requestHash'>,
  desk: Desk,
): Promise<void> {
  const at = writtenAt(recordOf(torn, desk))
  if (at === undefined || desk.now() === undefined) return
  const line = lineOf({ ...torn, at }, { end: 'unknown' }, undefined)
  if ((await desk.ledger.lineOf(line)) === undefined) await desk.ledger.append(line)
}
