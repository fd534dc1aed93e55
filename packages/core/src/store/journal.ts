import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type {
  Clock,
  Entry,
  Intent,
  Journal,
  LedgerEnd,
  LedgerLine,
  RequestHash,
  Settlement,
  Verdict,
} from '../ports.ts'
import { journalPath, refusalPath } from './address.ts'
import {
  attemptsIn,
  intentOf,
  readAttempt,
  receivedOf,
  recordsIn,
  unfinishedIn,
} from './attempt-record.ts'
import { fsBatches, verdictsOf } from './batch-record.ts'
import { encodeEntry } from './entry.ts'
import { type FsLedger, fsLedger } from './ledger.ts'
import { putAside, quarantinePlaces } from './quarantine.ts'
import { recordText, sealed } from './record-files.ts'
import { refusalsIn } from './refusal-record.ts'
import { writeDurably } from './write-durably.ts'

/** A journal with what it works upon. */
interface Desk {
  readonly folder: string
  readonly write: (path: string, content: object) => Promise<void>
  readonly ledger: FsLedger
  /** ISO 8601, UTC; nothing without a clock. */
  readonly now: () => string | undefined
}

/**
 * A journal in a folder: a file for each attempt that is under way or whose outcome is unknown, and one for each final
 * refusal. An attempt whose process was killed leaves its file behind, and so counts as unknown.
 * Without a clock a refusal is kept for good instead of 30 days, and no ledger is.
 *
 * The ledger tells of an end before the file is struck out, so that a kill in between leaves the file, and the next build
 * finds what the ledger tells.
 */
export function fsJournal(folder: string, clock?: Pick<Clock, 'now'>): Journal {
  const drafts = join(folder, 'tmp')
  const write = (path: string, content: object): Promise<void> =>
    writeDurably(join(folder, path), sealed(content), drafts)
  const batches = fsBatches(folder, write)
  const now = (): string | undefined => clock?.now().toISOString()
  const desk: Desk = { folder, write, ledger: fsLedger(folder), now }
  const verdictsIn = async (request = ''): Promise<ReadonlyMap<RequestHash, Verdict>> => {
    const submitted = (await batches.records()).flatMap(verdictsOf)
    const refusals = refusalsIn(folder, request, clock?.now())
    // A refusal hides no charge of another attempt.
    return new Map([...refusals, ...attemptsIn(folder, request), ...submitted])
  }
  return {
    batches,
    verdicts: () => verdictsIn(),
    verdict: async (request) => (await verdictsIn(request)).get(request),
    begin: (intent) => begin(intent, desk),
    receive: (intent, entry) => receive(intent, entry, desk),
    unfinished: async () => unfinishedIn(folder),
    giveUp: (intent) => giveUp(intent, desk),
    settle: (intent, settlement) => settle(intent, settlement, desk),
  }
}

function plain(entry: Entry): unknown {
  return JSON.parse(encodeEntry(entry))
}

function recordOf({ requestHash, id }: Intent, { folder }: Desk): string {
  return join(folder, journalPath(requestHash, id))
}

async function begin(intent: Intent, desk: Desk): Promise<void> {
  try {
    await keep(intent, {}, desk)
  } catch (cause) {
    // It may be there, and not for good; as nothing is sent, it says what is not so.
    await strike(intent, desk).catch(() => undefined)
    throw cause
  }
}

/** Writes down what is known of an attempt. */
async function keep(intent: Intent, more: object, desk: Desk): Promise<void> {
  const { requestHash, id } = intent
  await desk.write(journalPath(requestHash, id), contentOf(intent, more, desk))
}

/** An attempt began when it was written down first. */
function contentOf(intent: Intent, more: object, desk: Desk): object {
  const { requestHash: _request, id: _id, ...told } = intent
  const at = startOf(intent, desk)
  return { ...told, ...(at && { at }), ...more }
}

/** Where the disk is full by now, what arrived is told beside the bytes, in a place of last resort. */
async function receive(intent: Intent, entry: Entry, desk: Desk): Promise<void> {
  const content = contentOf(intent, { received: plain(entry) }, desk)
  const path = journalPath(intent.requestHash, intent.id)
  await desk
    .write(path, content)
    .catch(() => putAside(sealed(content), quarantinePlaces(desk.folder), basename(path)))
}

function startOf(intent: Intent, desk: Desk): string | undefined {
  return intent.at ?? readAttempt(recordText(recordOf(intent, desk)))?.at ?? desk.now()
}

async function settle(intent: Intent, settlement: Settlement, desk: Desk): Promise<void> {
  switch (settlement.kind) {
    case 'unknown':
      return lose(intent, settlement, desk)
    case 'refused': {
      const { code, message, requestId, microUsd = 0 } = settlement
      const refusal = { code, message, requestId, at: desk.now() }
      await desk.write(refusalPath(intent.requestHash), refusal)
      await tell(intent, { end: 'refused', microUsd, basis: 'usage', code }, requestId, desk)
      return strike(intent, desk)
    }
    case 'bought': {
      const { microUsd, basis, requestId } = settlement
      await giveUpOthers(intent, desk)
      await tell(intent, { end: 'bought', microUsd, basis }, requestId, desk)
      return forget(intent.requestHash, desk)
    }
    case 'released': {
      const { code, requestId } = settlement.refusal ?? {}
      if (code !== undefined)
        await tell(intent, { end: 'refused', microUsd: 0, basis: 'usage', code }, requestId, desk)
      return strike(intent, desk)
    }
  }
}

/** What is known of an unknown charge is written down in any case: it may name a place where bytes are. */
async function lose(
  intent: Intent,
  { message, requestId }: Settlement & { readonly kind: 'unknown' },
  desk: Desk,
): Promise<void> {
  const received = receivedOf(desk.folder, basename(recordOf(intent, desk)))
  const told = await tell(intent, { end: 'unknown' }, requestId, desk).then(
    () => ({ isTold: true }),
    (cause: unknown) => ({ cause }),
  )
  await keep(intent, { message, received, ...('isTold' in told && told) }, desk)
  if ('cause' in told) throw told.cause
}

/** Has the ledger tell how an attempt ended, unless it does so already or tells of a purchase. */
async function tell(
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

function lineOf(
  intent: Partial<Intent> & Pick<Intent, 'id' | 'requestHash'> & { readonly at: string },
  end: LedgerEnd,
  requestId: string | undefined,
): LedgerLine {
  const { id, at, requestHash, provider, model, microUsd, worstMicroUsd } = intent
  return {
    schema: 1,
    attempt: id,
    at,
    requestHash,
    ...(provider !== undefined && { provider }),
    ...(model !== undefined && { model }),
    ...(microUsd !== undefined && { expectedMicroUsd: microUsd }),
    ...(worstMicroUsd !== undefined && { worstMicroUsd }),
    ...end,
    ...(requestId !== undefined && { requestId }),
  }
}

/** A build that was killed after the ledger told of an end left nothing to do but to strike the record out. */
async function giveUp(intent: Intent, desk: Desk): Promise<void> {
  const attempt = readAttempt(recordText(recordOf(intent, desk)))
  if (attempt === undefined || attempt.isTold === true) return
  const at = startOf(intent, desk)
  const former = at && (await desk.ledger.lineOf({ ...intent, attempt: intent.id, at }))
  if (former && former.end !== 'unknown') return strike(intent, desk)
  await tell(intent, { end: 'unknown' }, undefined, desk)
  const received = receivedOf(desk.folder, basename(recordOf(intent, desk)))
  await keep(intent, { message: attempt.message, received, isTold: desk.now() !== undefined }, desk)
}

/** What was bought at last leaves other charges of its request as unknown as they were. */
async function giveUpOthers({ requestHash, id: own }: Intent, desk: Desk): Promise<void> {
  for (const record of recordsIn(join(desk.folder, 'journal'), requestHash)) {
    if (record.id === own) continue
    const attempt = readAttempt(record.text)
    if (attempt !== undefined) await giveUp(intentOf(record, attempt), desk)
    else await tellTorn({ id: record.id, requestHash }, desk)
  }
}

async function tellTorn(
  torn: Pick<Intent, 'id' | 'requestHash'>,
  { ledger, now }: Desk,
): Promise<void> {
  const at = now()
  if (at === undefined) return
  const line = lineOf({ ...torn, at }, { end: 'unknown' }, undefined)
  if ((await ledger.lineOf(line)) === undefined) await ledger.append(line)
}

async function strike(intent: Intent, desk: Desk): Promise<void> {
  await rm(recordOf(intent, desk), { force: true })
}

/** What was bought at last is no longer barred by what became of earlier attempts. */
async function forget(requestHash: RequestHash, { folder }: Desk): Promise<void> {
  const attempts = recordsIn(join(folder, 'journal'), requestHash)
  const paths = [...attempts.map(({ name }) => join('journal', name)), refusalPath(requestHash)]
  await Promise.all(paths.map((path) => rm(join(folder, path), { force: true })))
  const copies = quarantinePlaces(folder).flatMap((place) =>
    attempts.map(({ name }) => join(place, name)),
  )
  // What stays there names an attempt that is no more.
  await Promise.all(copies.map((path) => rm(path, { force: true }).catch(() => undefined)))
}
