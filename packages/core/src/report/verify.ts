import { formatUsd } from '../config/usd.ts'
import { reasonOf } from '../error.ts'
import { hashFaultOf } from '../key/key.ts'
import type { Found, Key, Ledger, Store } from '../ports.ts'
import { versionsOf } from '../versions.ts'
import { entryWayBack, wayBack } from '../way-back.ts'
import { bytesInWords, count } from '../wording.ts'
import { type LedgerTotals, totalsOf } from './ledger-totals.ts'

/** What is wrong with a file of the store: its bytes are others, it is not there, or it cannot be read. */
export interface Finding {
  readonly kind: 'corrupt' | 'missing' | 'unverifiable'
  readonly path: string
  /** Of a ledger; counts from 1. */
  readonly line?: number
  /** Where the picture stands that it is about, as `KnownPlaces` tell it; absent where nothing is known of that. */
  readonly place?: string
  /** What is wrong and what to do. */
  readonly message: string
}

/** Every byte of a store, held against its entries. */
export interface Verification {
  readonly entries: number
  /** How many of them are whole, and their originals as they were bought. */
  readonly intact: number
  /** How many bytes of originals are as they were bought. */
  readonly bytes: number
  readonly findings: readonly Finding[]
  /** What the ledger tells of all machines' attempts; amounts are micro-dollars. */
  readonly ledger: LedgerTotals
}

/**
 * Reads the whole store; changes nothing.
 * @param placeOf Where a picture stands. @default nothing is known of that
 */
export async function verifyStore(
  store: Store,
  ledger: Ledger,
  placeOf: (key: Key) => string | undefined = () => undefined,
): Promise<Verification> {
  const { attempts, faults } = await ledger.read()
  const { findings, ...whole } = await verifyPictures(store, placeOf)
  const ofLedger = faults.map(({ message, remedy, ...where }) => ({
    ...where,
    message: `${message}; ${remedy}`,
  }))
  return { ...whole, findings: [...findings, ...ofLedger], ledger: totalsOf(attempts) }
}

async function verifyPictures(
  store: Store,
  placeOf: (key: Key) => string | undefined,
): Promise<Omit<Verification, 'ledger'>> {
  const keys = await store.keys()
  if (keys.kind !== 'hit')
    return { entries: 0, intact: 0, bytes: 0, findings: findingsOf(keys, '') }
  const findings: Finding[] = []
  const originals = new Map<string, number>()
  let intact = 0
  for (const key of keys.value) {
    const checked = await checkEntry(key, originals, store)
    if (checked.length === 0) intact += 1
    const place = placeOf(key)
    findings.push(...checked.map((one) => (place === undefined ? one : { ...one, place })))
  }
  const bytes = [...originals.values()].reduce((sum, one) => sum + one, 0)
  return { entries: keys.value.length, intact, bytes, findings }
}

/** @param originals Bytes of those that were found as they were bought, by their hashes; each is read once. */
async function checkEntry(
  key: Key,
  originals: Map<string, number>,
  store: Store,
): Promise<readonly Finding[]> {
  const entry = await store.entry(key)
  if (entry.kind !== 'hit') return findingsOf(entry, `entry ${key}`)
  const [fault] = versionsOf(entry.value).flatMap((version) => hashFaultOf(version) ?? [])
  if (fault !== undefined)
    return [{ kind: 'corrupt', path: `entry ${key}`, message: `${fault}; ${entryWayBack}` }]
  const findings: Finding[] = []
  for (const version of versionsOf(entry.value)) {
    const { sha256 } = version.original
    if (originals.has(sha256)) continue
    const original = await store.original(version)
    if (original.kind === 'hit') originals.set(sha256, original.value.length)
    else findings.push(...findingsOf(original, `original ${sha256} of entry ${key}`))
  }
  return findings
}

function findingsOf(found: Exclude<Found<unknown>, { kind: 'hit' }>, name: string): Finding[] {
  switch (found.kind) {
    case 'absent':
      return [
        {
          kind: 'missing',
          path: name,
          message: `it is not there; ${wayBack}`,
        },
      ]
    case 'damaged':
      return [{ kind: 'corrupt', path: found.path, message: found.fault }]
    case 'unknown':
      return [{ kind: 'unverifiable', path: found.path, message: reasonOf(found.cause) }]
  }
}

/** A verification for a terminal, without a line feed at its end. */
export function verificationText(verification: Verification): string {
  const { entries, intact, bytes, findings } = verification
  const lines = findings.map(
    ({ kind, path, line, place, message }) =>
      `  ${kind}${place === undefined ? '' : `  ${place}`}  ${line === undefined ? path : `${path}:${line}`}\n      ${message}`,
  )
  const pictures =
    intact === entries ? count(entries, 'picture') : `${intact} of ${count(entries, 'picture')}`
  const whole = `${pictures}, ${bytesInWords(bytes)} as they were bought`
  const kinds = (['corrupt', 'missing', 'unverifiable'] as const).flatMap((kind) => {
    const number = findings.filter((one) => one.kind === kind).length
    return number === 0 ? [] : [`${number} ${kind}`]
  })
  const told = [[whole, ...kinds].join('; '), ...ledgerLines(verification.ledger)]
  return [...lines, ...(lines.length > 0 ? [''] : []), ...told].join('\n')
}

/** Nothing where nothing was ever attempted. */
function ledgerLines(totals: LedgerTotals): readonly string[] {
  const { attempts, bought, refused, refusedMicroUsd, unknown } = totals
  if (attempts === 0) return []
  const parts = [
    `${bought} bought for ${formatUsd(totals.boughtMicroUsd)}`,
    ...(refused === 0
      ? []
      : [`${refused} refused${refusedMicroUsd === 0 ? '' : ` at ${formatUsd(refusedMicroUsd)}`}`]),
    ...(unknown === 0
      ? []
      : [`${unknown} of unknown outcome, up to ${formatUsd(totals.unknownMicroUsd)}`]),
  ]
  return [`${count(attempts, 'attempt')} in the ledger: ${parts.join(', ')}`]
}
