import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { readRequestHash } from '../key/key.ts'
import type {
  Clock,
  Intent,
  Journal,
  RequestHash,
  Settlement,
  UnfinishedPurchase,
  Verdict,
} from '../ports.ts'
import { journalPath, refusalPath } from './address.ts'
import { fsBatches, verdictsOf } from './batch-record.ts'
import { encodeEntry, readEntry } from './entry.ts'
import { putAside, quarantinePlaces, takeBackText } from './quarantine.ts'
import { recordNames, recordText, sealed, unsealed } from './record-files.ts'
import { writeDurably } from './write-durably.ts'

const intentSchema = z.object({
  worstMicroUsd: z.int().min(0),
  message: z.string().optional(),
  received: z.unknown().optional(),
})
const refusalSchema = z.object({
  code: z.string(),
  message: z.string(),
  requestId: z.string().exactOptional(),
  /** ISO 8601; a refusal of no known day never expires. */
  at: z.string().optional(),
})

/** What a provider's filters refuse changes with them: after this time a refused prompt is asked for again. */
const refusalLifeMs = 30 * 24 * 3_600_000

/**
 * A journal in a folder: a file for each attempt that is under way or whose outcome is unknown, and one for each final
 * refusal. An attempt whose process was killed leaves its file behind, and so counts as unknown.
 * A refusal is forgotten after 30 days of the clock, without which it is kept for good.
 */
export function fsJournal(folder: string, clock?: Pick<Clock, 'now'>): Journal {
  const drafts = join(folder, 'tmp')
  const write = (path: string, content: object): Promise<void> =>
    writeDurably(join(folder, path), sealed(content), drafts)
  const batches = fsBatches(folder, write)
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
    begin: (intent) =>
      write(journalPath(intent.requestHash, intent.id), { worstMicroUsd: intent.worstMicroUsd }),
    receive: async ({ requestHash, id, worstMicroUsd }, entry) => {
      const content = { worstMicroUsd, received: JSON.parse(encodeEntry(entry)) }
      const path = journalPath(requestHash, id)
      await write(path, content).catch(() =>
        putAside(sealed(content), quarantinePlaces(folder), basename(path)),
      )
    },
    unfinished: async () => unfinishedIn(folder),
    settle: (intent, settlement) => settle(folder, write, intent, dated(settlement, clock?.now())),
  }
}

type Dated = Settlement & { readonly at?: string }

function dated(settlement: Settlement, now: Date | undefined): Dated {
  return now === undefined ? settlement : { ...settlement, at: now.toISOString() }
}

async function settle(
  folder: string,
  write: (path: string, content: object) => Promise<void>,
  intent: Intent,
  settlement: Dated,
): Promise<void> {
  const path = journalPath(intent.requestHash, intent.id)
  switch (settlement.kind) {
    case 'unknown': {
      const { worstMicroUsd } = intent
      const { message } = settlement
      return write(path, { worstMicroUsd, message, received: receivedOf(folder, basename(path)) })
    }
    case 'refused':
      await write(refusalPath(intent.requestHash), {
        code: settlement.code,
        message: settlement.message,
        requestId: settlement.requestId,
        at: settlement.at,
      })
      return rm(join(folder, path), { force: true })
    case 'bought':
      return forget(folder, intent.requestHash)
    case 'released':
      return rm(join(folder, path), { force: true })
  }
}

/** What was bought at last is no longer barred by what became of earlier attempts. */
async function forget(folder: string, request: RequestHash): Promise<void> {
  const attempts = recordNames(join(folder, 'journal')).filter((name) => name.startsWith(request))
  const paths = [...attempts.map((name) => join('journal', name)), refusalPath(request)]
  await Promise.all(paths.map((path) => rm(join(folder, path), { force: true })))
}

/** What arrived of an attempt: by its record, or by the one that had to be put aside. */
function receivedOf(folder: string, name: string): unknown {
  const own = recordText(join(folder, 'journal', name))
  const texts = [own, takeBackText(name, quarantinePlaces(folder))]
  return texts
    .map((text) => (text === undefined ? undefined : readIntent(text)?.received))
    .find((received) => received !== undefined)
}

function readIntent(text: string): z.infer<typeof intentSchema> | undefined {
  return intentSchema.safeParse(unsealed(text)).data
}

function unfinishedIn(folder: string): readonly UnfinishedPurchase[] {
  return recordsIn(join(folder, 'journal'), '').flatMap(({ request, id, name, text }) => {
    const intent = readIntent(text)
    const entry = readEntry(intent?.received ?? receivedOf(folder, name))
    if (intent === undefined || entry?.requestHash !== request) return []
    const { worstMicroUsd } = intent
    return [{ intent: { id, requestHash: request, worstMicroUsd }, entry }]
  })
}

/**
 * Every attempt at a request may have been billed. One whose record is torn bars its request all the same, and tells no
 * worst case.
 * @param beginning First digits of a request: all of them, or none for every one.
 */
function attemptsIn(
  folder: string,
  beginning: string,
): readonly (readonly [RequestHash, Verdict])[] {
  const byRequest = Map.groupBy(
    recordsIn(join(folder, 'journal'), beginning),
    ({ request }) => request,
  )
  return [...byRequest].map(([request, records]) => {
    const intents = records.map(({ text }) => readIntent(text))
    const messages = intents.map((intent, index) =>
      intent === undefined
        ? `\`journal/${records[index]?.name}\` cannot be read`
        : (intent.message ?? 'the build ended before the reply was stored'),
    )
    const readable = intents.filter((intent) => intent !== undefined)
    const worstMicroUsd = readable.reduce((sum, intent) => sum + intent.worstMicroUsd, 0)
    const isKnown = readable.length === records.length
    const message = [...new Set(messages)].join('; ')
    return [request, { kind: 'unknown', message, ...(isKnown && { worstMicroUsd }) }]
  })
}

function refusalsIn(
  folder: string,
  request: string,
  now: Date | undefined,
): readonly (readonly [RequestHash, Verdict])[] {
  return recordsIn(join(folder, 'refusals'), request).flatMap(({ request: hash, name, text }) => {
    const refusal = refusalSchema.safeParse(unsealed(text)).data
    if (refusal === undefined) return [[hash, illegible(name)] as const]
    const { at, ...told } = refusal
    const ageMs = now === undefined ? Number.NaN : now.getTime() - Date.parse(at ?? '')
    return ageMs > refusalLifeMs ? [] : [[hash, { kind: 'refused', ...told }] as const]
  })
}

/** Whatever a refusal said, asking again without consent may cost. */
function illegible(name: string): Verdict {
  const message = `what it said in \`refusals/${name}\` cannot be read any more`
  return { kind: 'refused', code: 'record_illegible', message }
}

interface FileRecord {
  readonly request: RequestHash
  /** That of an attempt. */
  readonly id: string
  readonly name: string
  readonly text: string
}

function recordsIn(folder: string, beginning: string): readonly FileRecord[] {
  const names = recordNames(folder).filter((name) => name.startsWith(beginning))
  return names.flatMap((name) => {
    const [, hash, id = ''] = /^([0-9a-f]{64})\.(?:(.*)\.)?json$/.exec(name) ?? []
    const request = readRequestHash(hash)
    const text = request && recordText(join(folder, name))
    return request === undefined || text === undefined ? [] : [{ request, id, name, text }]
  })
}
