import type { RequestHash } from '../../ports.ts'
import { type StoreFile, filesBelow } from '../store-files.ts'
import { type ClaimHere, deadClaimFiles } from './claims-here.ts'
import type { Doomed } from './collection.ts'

const hourMs = 3_600_000

/** A draft of a build that runs is minutes old at most. */
const draftLifeMs = 24 * hourMs

/** A picture that no build encoded for so long is seldom shown; where it is, it is encoded again. */
const derivedLifeMs = 90 * 24 * hourMs

/** How much of what is derived stays, the youngest first. */
const derivedCapBytes = 1_000_000_000

/** What a store's folder holds that costs nothing to lose. */
export interface LitterInput {
  readonly folder: string
  readonly claims: readonly ClaimHere[]
  /** Requests whose pictures the store holds and keeps. */
  readonly resolved: ReadonlySet<RequestHash>
  readonly nowMs: number
}

/**
 * Claims that are long over, drafts of builds that were killed, and what is derived, contact sheets among it, beyond its
 * age and size.
 */
export function litterIn({ folder, claims, resolved, nowMs }: LitterInput): readonly Doomed[] {
  const isOlder = (file: StoreFile, lifeMs: number): boolean => nowMs - file.writtenAtMs > lifeMs
  const dead = new Set(deadClaimFiles(claims, resolved, folder))
  const drafts = ['tmp', 'quarantine/tmp'].flatMap((path) => filesBelow(folder, path))
  const derived = ['derived', 'drafts'].flatMap((path) => filesBelow(folder, path))
  return [
    ...filesBelow(folder, 'claims')
      .filter(({ path }) => dead.has(path))
      .map((file) => ({ ...file, kind: 'claim' }) as const),
    ...drafts
      .filter((file) => isOlder(file, draftLifeMs))
      .map((file) => ({ ...file, kind: 'draft' }) as const),
    ...overdue(derived, isOlder).map((file) => ({ ...file, kind: 'derived' }) as const),
  ]
}

function overdue(
  files: readonly StoreFile[],
  isOlder: (file: StoreFile, lifeMs: number) => boolean,
): readonly StoreFile[] {
  let left = derivedCapBytes
  return files
    .toSorted((one, other) => other.writtenAtMs - one.writtenAtMs)
    .filter((file) => {
      left -= file.bytes
      return left < 0 || isOlder(file, derivedLifeMs)
    })
}
