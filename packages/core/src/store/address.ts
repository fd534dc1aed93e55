import { join } from 'node:path'
import type { ClaimName, Key, Original, OriginalFormat, RequestHash } from '../ports.ts'

/** Where an image's entry stands below the store: `images/ab/<key>.json`, on every system. */
export function entryPath(key: Key): string {
  return `images/${key.slice(0, 2)}/${key}.json`
}

const extensions: Readonly<Record<OriginalFormat, string>> = {
  png: 'png',
  jpeg: 'jpg',
  webp: 'webp',
  gif: 'gif',
  svg: 'svg',
}

/** Where an original stands below the store: `originals/ab/<sha256>.png`. */
export function originalPath(original: Pick<Original, 'sha256' | 'format'>): string {
  const { sha256, format } = original
  return `originals/${sha256.slice(0, 2)}/${sha256}.${extensions[format]}`
}

/** Where an attempt is written down below the store: `journal/<request>.<attempt>.json`. */
export function journalPath(request: RequestHash, attempt: string): string {
  return join('journal', `${request}.${attempt}.json`)
}

/** Where a final refusal is remembered below the store: `refusals/<request>.json`. */
export function refusalPath(request: RequestHash): string {
  return join('refusals', `${request}.json`)
}

/** The folder of the claims of a name below the store: `claims/<request>` or `claims/batches`. */
export function claimsPath(name: ClaimName): string {
  return join('claims', name)
}

/** Where a batch is written down below the store: `journal/batches/<order>.json`. */
export function batchPath(order: string): string {
  return join('journal', 'batches', `${order}.json`)
}

/** Where a writer's attempts of a month are told below the store: `ledger/2026-11/<writer>.jsonl`. */
export function ledgerPath(at: string, writer: string): string {
  return join('ledger', at.slice(0, '2026-11'.length), `${writer}.jsonl`)
}
