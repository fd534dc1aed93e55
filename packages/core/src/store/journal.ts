import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Clock, Entry, Intent, Journal, RequestHash, Settlement, Verdict } from '../ports.ts'
import { journalPath, refusalPath } from './address.ts'
import {
  type Refused,
  attemptOf,
  attemptsIn,
  intentOf,
  openIn,
  receivedOf,
  recordsIn,
  unfinishedIn,
} from './attempt-record.ts'
import { fsBatches, verdictsOf } from './batch-record.ts'
import { encodeEntry } from './entry.ts'
import {
  type Desk,
  contentOf,
  keep,
  recordOf,
  startOf,
  strike,
  tell,
  tellTorn,
} from './journal-desk.ts'
import { fsLedger } from './ledger.ts'
import { putAside, quarantinePlaces } from './quarantine.ts'
import { recordText, sealed } from './record-files.ts'
import { refusalsIn } from './refusal-record.ts'
import { writeDurably } from './write-durably.ts'

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
  const verdictsIn = async (
    request = '',
    own?: string,
  ): Promise<ReadonlyMap<RequestHash, Verdict>> => {
    const records = (await batches.records()).filter(({ order }) => order !== own)
    const submitted = records.flatMap(verdictsOf)
    const refusals = refusalsIn(folder, request, clock?.now())
    // A refusal hides no charge of another attempt.
    return new Map([...refusals, ...attemptsIn(folder, request), ...submitted])
  }
  return {
    batches,
    verdicts: (order) => verdictsIn('', order),
    verdict: async (request) => (await verdictsIn(request)).get(request),
    open: async () => [
      ...openIn(folder),
      ...(await batches.records()).flatMap(({ order, since, requests }) =>
        requests.map(({ id, worstMicroUsd }) => ({
          attempt: order,
          requestHash: id,
          at: since,
          worstMicroUsd,
        })),
      ),
    ],
    begin: (intent) => begin(intent, desk),
    receive: (intent, entry) => receive(intent, entry, desk),
    unfinished: async () => unfinishedIn(folder),
    giveUp: (intent) => giveUp(intent, desk),
    found: async (request) => {
      await giveUpAll(request, desk)
      await forget(request, desk)
    },
    settle: (intent, settlement) => settle(intent, settlement, desk),
  }
}

function plain(entry: Entry): unknown {
  return JSON.parse(encodeEntry(entry))
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

/** Where the disk is full by now, what arrived is told beside the bytes, in a place of last resort. */
async function receive(intent: Intent, entry: Entry, desk: Desk): Promise<void> {
  const content = contentOf(intent, { received: plain(entry) }, desk)
  const path = journalPath(intent.requestHash, intent.id)
  await desk
    .write(path, content)
    .catch(() => putAside(sealed(content), quarantinePlaces(desk.folder), basename(path)))
}

async function settle(intent: Intent, settlement: Settlement, desk: Desk): Promise<void> {
  switch (settlement.kind) {
    case 'unknown':
      return lose(intent, settlement, desk)
    case 'refused': {
      const { code, message, requestId, microUsd = 0 } = settlement
      const refusal = { code, message, requestId, at: desk.now() }
      await desk.write(refusalPath(intent.requestHash), refusal)
      return refuse(intent, { code, microUsd, requestId }, desk)
    }
    case 'bought': {
      const { microUsd, basis, requestId } = settlement
      await giveUpAll(intent.requestHash, desk, intent.id)
      await tell(intent, { end: 'bought', microUsd, basis }, requestId, desk)
      return forget(intent.requestHash, desk)
    }
    case 'released': {
      const { refusal } = settlement
      if (refusal !== undefined) return refuse(intent, { ...refusal, microUsd: 0 }, desk)
      return strike(intent, desk)
    }
  }
}

/** What the ledger does not take stays on record, and bars nothing: nobody is in doubt about it. */
async function refuse(intent: Intent, refused: Refused, desk: Desk): Promise<void> {
  try {
    await tellRefusal(intent, refused, desk)
  } catch (cause) {
    await keep(intent, { refused }, desk).catch(() => undefined)
    throw cause
  }
  return strike(intent, desk)
}

function tellRefusal(
  intent: Intent,
  { code, microUsd, requestId }: Refused,
  desk: Desk,
): Promise<void> {
  return tell(intent, { end: 'refused', microUsd, basis: 'usage', code }, requestId, desk)
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

/** A build that was killed after the ledger told of an end left nothing to do but to strike the record out. */
async function giveUp(intent: Intent, desk: Desk): Promise<void> {
  const path = recordOf(intent, desk)
  const text = recordText(path)
  const attempt =
    text === undefined ? undefined : attemptOf(desk.folder, { name: basename(path), text })
  if (attempt === undefined || attempt.isTold === true) return
  if (attempt.refused !== undefined) return refuse(intent, attempt.refused, desk)
  const at = startOf(intent, desk)
  const former = at && (await desk.ledger.lineOf({ ...intent, attempt: intent.id, at }))
  if (former && former.end !== 'unknown') return strike(intent, desk)
  await tell(intent, { end: 'unknown' }, undefined, desk)
  const received = receivedOf(desk.folder, basename(path))
  await keep(intent, { message: attempt.message, received, isTold: desk.now() !== undefined }, desk)
}

/** What was bought at last leaves other charges of its request as unknown as they were. */
async function giveUpAll(requestHash: RequestHash, desk: Desk, but?: string): Promise<void> {
  for (const record of recordsIn(join(desk.folder, 'journal'), requestHash)) {
    if (record.id === but) continue
    const attempt = attemptOf(desk.folder, record)
    if (attempt !== undefined) await giveUp(intentOf(record, attempt), desk)
    else await tellTorn({ id: record.id, requestHash }, desk)
  }
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
