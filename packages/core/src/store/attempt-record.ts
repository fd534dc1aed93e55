import { join } from 'node:path'
import { z } from 'zod'
import { readRequestHash } from '../key/key.ts'
import type { Intent, RequestHash, UnfinishedPurchase, Verdict } from '../ports.ts'
import { readEntry } from './entry.ts'
import { quarantinePlaces, takeBackText } from './quarantine.ts'
import { recordNames, recordText, unsealed } from './record-files.ts'

/** What a folder's journal says of an attempt. */
export interface AttemptRecord extends Omit<Intent, 'id' | 'requestHash'> {
  /** Why its outcome is unknown; absent while it is under way. */
  readonly message?: string | undefined
  /** The entry of what arrived. */
  readonly received?: unknown
  /** Whether the ledger tells of it. */
  readonly isTold?: boolean
}

const schema: z.ZodType<AttemptRecord> = z.object({
  worstMicroUsd: z.int().min(0),
  provider: z.string().exactOptional(),
  model: z.string().exactOptional(),
  microUsd: z.int().min(0).exactOptional(),
  at: z.iso.datetime().exactOptional(),
  message: z.string().optional(),
  received: z.unknown().optional(),
  isTold: z.boolean().exactOptional(),
})

/** A file that is named after a request. */
export interface FileRecord {
  readonly request: RequestHash
  /** That of an attempt. */
  readonly id: string
  readonly name: string
  readonly text: string
}

/**
 * The records of a folder.
 * @param beginning First digits of a request: all of them, or none for every one.
 */
export function recordsIn(folder: string, beginning: string): readonly FileRecord[] {
  const names = recordNames(folder).filter((name) => name.startsWith(beginning))
  return names.flatMap((name) => {
    const [, hash, id = ''] = /^([0-9a-f]{64})\.(?:(.*)\.)?json$/.exec(name) ?? []
    const request = readRequestHash(hash)
    const text = request && recordText(join(folder, name))
    return request === undefined || text === undefined ? [] : [{ request, id, name, text }]
  })
}

/** Nothing for a text that is none. */
export function readAttempt(text: string | undefined): AttemptRecord | undefined {
  return text === undefined ? undefined : schema.safeParse(unsealed(text)).data
}

/** What a record says of its attempt. */
export function intentOf(
  { request, id }: Pick<FileRecord, 'request' | 'id'>,
  { message: _message, received: _received, isTold: _isTold, ...told }: AttemptRecord,
): Intent {
  return { id, requestHash: request, ...told }
}

/** What arrived of an attempt: by its record, or by the one that had to be put aside. */
export function receivedOf(folder: string, name: string): unknown {
  const own = recordText(join(folder, 'journal', name))
  const texts = [own, takeBackText(name, quarantinePlaces(folder))]
  return texts.map((text) => readAttempt(text)?.received).find((received) => received !== undefined)
}

/** Attempts that no build settled, and of which the ledger does not tell or something arrived. */
export function unfinishedIn(folder: string): readonly UnfinishedPurchase[] {
  return recordsIn(join(folder, 'journal'), '').flatMap((record) => {
    const attempt = readAttempt(record.text)
    if (attempt === undefined) return []
    const entry = readEntry(attempt.received ?? receivedOf(folder, record.name))
    const isPurchase = entry?.requestHash === record.request
    if (!isPurchase && attempt.isTold === true) return []
    return [{ intent: intentOf(record, attempt), ...(isPurchase && { entry }) }]
  })
}

/**
 * Every attempt at a request may have been billed. One whose record is torn bars its request all the same, and tells no
 * worst case.
 * @param beginning First digits of a request: all of them, or none for every one.
 */
export function attemptsIn(
  folder: string,
  beginning: string,
): readonly (readonly [RequestHash, Verdict])[] {
  const byRequest = Map.groupBy(
    recordsIn(join(folder, 'journal'), beginning),
    ({ request }) => request,
  )
  return [...byRequest].map(([request, records]) => {
    const attempts = records.map(({ text }) => readAttempt(text))
    const messages = attempts.map((attempt, index) =>
      attempt === undefined
        ? `\`journal/${records[index]?.name}\` cannot be read`
        : (attempt.message ?? 'the build ended before the reply was stored'),
    )
    const readable = attempts.filter((attempt) => attempt !== undefined)
    const worstMicroUsd = readable.reduce((sum, attempt) => sum + attempt.worstMicroUsd, 0)
    const isKnown = readable.length === records.length
    const message = [...new Set(messages)].join('; ')
    return [request, { kind: 'unknown', message, ...(isKnown && { worstMicroUsd }) }]
  })
}
