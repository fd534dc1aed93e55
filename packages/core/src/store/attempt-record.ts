import { join } from 'node:path'
import { z } from 'zod'
import { readRequestHash, readSha256 } from '../key/key.ts'
import type {
  Intent,
  OpenAttempt,
  RequestHash,
  Sha256,
  UnfinishedPurchase,
  Verdict,
} from '../ports.ts'
import { readEntry } from './entry.ts'
import { quarantinePlaces, textsAside } from './quarantine.ts'
import { recordNames, recordText, unsealed, writtenAt } from './record-files.ts'
import { subject } from './subject.ts'

/** What a folder's journal says of an attempt. */
export interface AttemptRecord extends Omit<Intent, 'id' | 'requestHash'> {
  /** Why its outcome is unknown; absent while it is under way. */
  readonly message?: string | undefined
  /** The entry of what arrived. */
  readonly received?: unknown
  /** How it was refused, which the ledger does not tell yet. */
  readonly refused?: Refused
  /** Whether the ledger tells of it. */
  readonly isTold?: boolean
}

/** An attempt that nothing came of, and of which that is known. */
export interface Refused {
  readonly code: string
  /** What was billed all the same. */
  readonly microUsd: number
  readonly requestId?: string | undefined
}

const schema: z.ZodType<AttemptRecord> = z.object({
  worstMicroUsd: z.int().min(0),
  ...subject,
  provider: z.string().exactOptional(),
  model: z.string().exactOptional(),
  microUsd: z.int().min(0).exactOptional(),
  at: z.iso.datetime().exactOptional(),
  replaces: z.custom<Sha256>((value) => readSha256(value) !== undefined).exactOptional(),
  message: z.string().optional(),
  received: z.unknown().optional(),
  refused: z
    .object({ code: z.string(), microUsd: z.int().min(0), requestId: z.string().optional() })
    .exactOptional(),
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
  {
    message: _message,
    received: _received,
    refused: _refused,
    isTold: _isTold,
    ...told
  }: AttemptRecord,
): Intent {
  return { id, requestHash: request, ...told }
}

/** What arrived of an attempt: by its record, or by the one that had to be put aside. */
export function receivedOf(folder: string, name: string): unknown {
  const own = readAttempt(recordText(join(folder, 'journal', name)))?.received
  return own ?? attemptsAside(folder, name).find(({ received }) => received !== undefined)?.received
}

function attemptsAside(folder: string, name: string): readonly AttemptRecord[] {
  return textsAside(name, quarantinePlaces(folder)).flatMap((text) => readAttempt(text) ?? [])
}

/** What a record of a folder's journal says, or where it is torn what the one says that had to be put aside. */
export function attemptOf(
  folder: string,
  { name, text }: Pick<FileRecord, 'name' | 'text'>,
): AttemptRecord | undefined {
  return readAttempt(text) ?? attemptsAside(folder, name)[0]
}

/** Attempts that no build settled, and of which the ledger does not tell or something arrived. */
export function unfinishedIn(folder: string): readonly UnfinishedPurchase[] {
  return recordsIn(join(folder, 'journal'), '').flatMap((record) => {
    const attempt = attemptOf(folder, record)
    if (attempt === undefined) return []
    const entry = readEntry(attempt.received ?? receivedOf(folder, record.name))
    const isPurchase = entry?.requestHash === record.request
    if (!isPurchase && attempt.isTold === true) return []
    return [{ intent: intentOf(record, attempt), ...(isPurchase && { entry }) }]
  })
}

/** Every attempt on record, but those of which it is known that they were refused for nothing. */
export function openIn(folder: string): readonly OpenAttempt[] {
  return recordsIn(join(folder, 'journal'), '').flatMap((record) => {
    const attempt = attemptOf(folder, record)
    const { refused } = attempt ?? {}
    if (refused?.microUsd === 0) return []
    const at = attempt?.at ?? writtenAt(join(folder, 'journal', record.name))
    // Another build settled it meanwhile.
    if (at === undefined) return []
    const { request: requestHash, id } = record
    const worstMicroUsd = refused?.microUsd ?? attempt?.worstMicroUsd
    return [{ attempt: id, requestHash, at, ...(worstMicroUsd !== undefined && { worstMicroUsd }) }]
  })
}

/**
 * Every attempt at a request may have been billed, unless its record tells that it was refused. One whose record is torn
 * bars its request all the same, and tells no worst case.
 * @param beginning First digits of a request: all of them, or none for every one.
 */
export function attemptsIn(
  folder: string,
  beginning: string,
): readonly (readonly [RequestHash, Verdict])[] {
  const records = recordsIn(join(folder, 'journal'), beginning)
  const told = records.map((record) => ({ ...record, attempt: attemptOf(folder, record) }))
  const open = told.filter(({ attempt }) => attempt?.refused === undefined)
  return [...Map.groupBy(open, ({ request }) => request)].map(([request, own]) => {
    const messages = own.map(({ name, attempt }) =>
      attempt === undefined
        ? `\`journal/${name}\` cannot be read`
        : (attempt.message ?? 'the build ended before the reply was stored'),
    )
    const readable = own.flatMap(({ attempt }) => attempt ?? [])
    const worstMicroUsd = readable.reduce((sum, attempt) => sum + attempt.worstMicroUsd, 0)
    const isKnown = readable.length === own.length
    const message = [...new Set(messages)].join('; ')
    return [request, { kind: 'unknown', message, ...(isKnown && { worstMicroUsd }) }]
  })
}
