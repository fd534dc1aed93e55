import { reasonOf } from '../error.ts'
import { isHashOfRequest } from '../key/key.ts'
import type { Found, Key, Store } from '../ports.ts'
import { count } from '../wording.ts'

/** What is wrong with a file of the store: its bytes are others, it is not there, or it cannot be read. */
export interface Finding {
  readonly kind: 'corrupt' | 'missing' | 'unverifiable'
  readonly path: string
  /** What is wrong and what to do. */
  readonly message: string
}

/** Every byte of a store, held against its entries. */
export interface Verification {
  readonly entries: number
  /** How many bytes of originals are as they were bought. */
  readonly bytes: number
  readonly findings: readonly Finding[]
}

/** Reads the whole store; changes nothing. */
export async function verifyStore(store: Store): Promise<Verification> {
  const keys = await store.keys()
  if (keys.kind !== 'hit') return { entries: 0, bytes: 0, findings: findingsOf(keys, '') }
  const findings: Finding[] = []
  const originals = new Map<string, number>()
  for (const key of keys.value) {
    const checked = await checkEntry(key, originals, store)
    findings.push(...checked)
  }
  const bytes = [...originals.values()].reduce((sum, one) => sum + one, 0)
  return { entries: keys.value.length, bytes, findings }
}

/** @param originals Bytes of those that were found as they were bought, by their hashes; each is read once. */
async function checkEntry(
  key: Key,
  originals: Map<string, number>,
  store: Store,
): Promise<readonly Finding[]> {
  const entry = await store.entry(key)
  if (entry.kind !== 'hit') return findingsOf(entry, `entry ${key}`)
  if (!isHashOfRequest(entry.value))
    return [{ kind: 'corrupt', path: `entry ${key}`, message: unlike }]
  const { sha256 } = entry.value.original
  if (originals.has(sha256)) return []
  const original = await store.original(entry.value)
  if (original.kind !== 'hit') return findingsOf(original, `original ${sha256} of entry ${key}`)
  originals.set(sha256, original.value.length)
  return []
}

const unlike = 'its hash is not that of its request; restore it from git'

function findingsOf(found: Exclude<Found<unknown>, { kind: 'hit' }>, name: string): Finding[] {
  switch (found.kind) {
    case 'absent':
      return [
        {
          kind: 'missing',
          path: name,
          message:
            'it is not there; restore it from git, or delete its entry to buy the picture anew',
        },
      ]
    case 'damaged':
      return [{ kind: 'corrupt', path: found.path, message: found.fault }]
    case 'unknown':
      return [{ kind: 'unverifiable', path: found.path, message: reasonOf(found.cause) }]
  }
}

/** A verification for a terminal, without a line feed at its end. */
export function verificationText({ entries, bytes, findings }: Verification): string {
  const lines = findings.map(({ kind, path, message }) => `  ${kind}  ${path}\n      ${message}`)
  const whole = `${count(entries, 'picture')}, ${(bytes / 1_000_000).toFixed(1)} MB as they were bought`
  const kinds = (['corrupt', 'missing', 'unverifiable'] as const).flatMap((kind) => {
    const number = findings.filter((one) => one.kind === kind).length
    return number === 0 ? [] : [`${number} ${kind}`]
  })
  return [...lines, ...(lines.length > 0 ? [''] : []), [whole, ...kinds].join('; ')].join('\n')
}
