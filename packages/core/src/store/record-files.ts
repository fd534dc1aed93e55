import { readFileSync, readdirSync, statSync } from 'node:fs'
import { z } from 'zod'
import { ImpromptError, reasonOf } from '../error.ts'
import { parseJson } from '../json.ts'
import { sha256Of } from '../key/key.ts'
import { systemCodeOf } from './system-code.ts'

/**
 * The names of a folder's files; none where there is no such folder.
 * @throws `STORE_UNREADABLE` where it cannot be told
 */
export function recordNames(folder: string): readonly string[] {
  return reading(folder, () => readdirSync(folder)) ?? []
}

/**
 * The text of a record; nothing where it was deleted meanwhile, as another build does with what it settled.
 * @throws `STORE_UNREADABLE` where it cannot be told
 */
export function recordText(path: string): string | undefined {
  return reading(path, () => readFileSync(path, 'utf8'))
}

/** ISO 8601, UTC: when a record was written; nothing where there is none. */
export function writtenAt(path: string): string | undefined {
  return reading(path, () => statSync(path))?.mtime.toISOString()
}

/** A record as its file holds it: a line of JSON whose last field is the hash of what stands before it. */
export function sealed(content: object): Buffer {
  const text = JSON.stringify(content)
  const sha256 = sha256Of(Buffer.from(text))
  return Buffer.from(`${JSON.stringify({ ...content, sha256 })}\n`)
}

/** What a record says; nothing where it is not as it was written. One without a hash is of an older version. */
export function unsealed(text: string): unknown {
  const record = z.looseObject({ sha256: z.unknown().optional() }).safeParse(parseJson(text)).data
  if (record === undefined) return undefined
  const { sha256, ...content } = record
  const isWhole = sha256 === sha256Of(Buffer.from(JSON.stringify(content)))
  return sha256 === undefined || isWhole ? content : undefined
}

function reading<Value>(path: string, read: () => Value): Value | undefined {
  try {
    return read()
  } catch (cause) {
    if (systemCodeOf(cause) === 'ENOENT') return undefined
    throw new ImpromptError(
      'STORE_UNREADABLE',
      `\`${path}\` cannot be read, so that it cannot be told what was asked for before: ${reasonOf(cause)}. Nothing was bought; make it readable, or restore it`,
      { cause },
    )
  }
}
