import type { Entry, Key } from '../../ports.ts'
import { entryPath, originalPath } from '../../store/address.ts'
import { pinnedBy, versionsOf } from '../../versions.ts'
import type { NamedByGit } from '../named-by-git.ts'
import { type StoreFile, hashIn } from '../store-files.ts'
import type { Doomed, Kept } from './collection.ts'

/** What a store holds, and who needs it. */
export interface Holdings {
  readonly entries: readonly Entry[]
  /** The files of `images/` and `originals/`. */
  readonly files: readonly StoreFile[]
  readonly named: ReadonlySet<Key>
  readonly git: NamedByGit
  /** Purchases that the journal has yet to see stored. */
  readonly unfinished: readonly Entry[]
  readonly nowMs: number
  readonly graceMs: number
}

/** What of a store goes, and what stays though content does not name it. */
export interface Verdicts {
  readonly entries: readonly Doomed[]
  readonly originals: readonly Doomed[]
  readonly kept: readonly Kept[]
}

/** Sweeps what is not marked. An original goes only where no entry that stays pins it. */
export function verdictsOn(holdings: Holdings): Verdicts {
  const { entries, files, named } = holdings
  const byPath = new Map(files.map((file) => [file.path, file]))
  const judged = entries
    .filter(({ key }) => !named.has(key))
    .map((entry) => ({ entry, why: reasonToKeep(entry, byPath, holdings) }))
  const going = judged.filter(({ why }) => why === undefined).map(({ entry }) => entry)
  const goingKeys = new Set(going.map(({ key }) => key))
  const staying = entries.filter(({ key }) => !goingKeys.has(key))
  const originals = originalsAmong(holdings, staying, going)
  return {
    entries: withCosts(going, staying).flatMap((one) => doomedEntry(one, byPath, holdings)),
    originals: originals.flatMap(({ doomed }) => doomed ?? []),
    kept: [
      ...judged.flatMap(({ entry, why }) =>
        why === undefined
          ? []
          : [{ path: entryPath(entry.key), prompt: entry.request.prompt, why }],
      ),
      ...originals.flatMap(({ kept }) => kept ?? []),
    ],
  }
}

function reasonToKeep(
  entry: Entry,
  byPath: ReadonlyMap<string, StoreFile>,
  { git, unfinished, nowMs, graceMs }: Holdings,
): Kept['why'] | undefined {
  const path = entryPath(entry.key)
  const by = git.whoNames(path)
  if (by.length > 0) return { kind: 'named', by }
  const { sha256 } = entry.original
  if (unfinished.some((one) => one.key === entry.key || one.original.sha256 === sha256))
    return { kind: 'unfinished' }
  const files = [byPath.get(path), byPath.get(originalPath(entry.original))]
  const stamps = files.flatMap((file) => file?.writtenAtMs ?? [])
  const latestMs = Math.max(Date.parse(entry.boughtAt), ...stamps)
  return nowMs - latestMs > graceMs ? undefined : { kind: 'young' }
}

interface Costed {
  readonly entry: Entry
  /** Nothing where another entry tells what was paid for the same bytes. */
  readonly microUsd: number | undefined
}

function withCosts(going: readonly Entry[], staying: readonly Entry[]): readonly Costed[] {
  const told = new Set(pinnedBy(staying))
  return going.map((entry) => {
    const untold = versionsOf(entry).filter(({ original }) => !told.has(original.sha256))
    for (const { original } of untold) told.add(original.sha256)
    const microUsd = untold.reduce((sum, { cost }) => sum + cost.microUsd, 0)
    return { entry, microUsd: untold.length === 0 ? undefined : microUsd }
  })
}

function doomedEntry(
  { entry, microUsd }: Costed,
  byPath: ReadonlyMap<string, StoreFile>,
  { git }: Holdings,
): readonly Doomed[] {
  const file = byPath.get(entryPath(entry.key))
  if (file === undefined) return []
  const { prompt } = entry.request
  const isUncommitted = !git.isCommitted(file.path)
  return [
    { ...file, kind: 'entry', prompt, isUncommitted, ...(microUsd !== undefined && { microUsd }) },
  ]
}

interface JudgedOriginal {
  readonly doomed?: Doomed
  readonly kept?: Kept
}

function originalsAmong(
  { files, git, unfinished, nowMs, graceMs }: Holdings,
  staying: readonly Entry[],
  going: readonly Entry[],
): readonly JudgedOriginal[] {
  const needed = pinnedBy(staying)
  const left = pinnedBy(going)
  const awaited = pinnedBy(unfinished)
  return files.flatMap((file): readonly JudgedOriginal[] => {
    const { path } = file
    const sha256 = hashIn(path)
    if (sha256 === undefined || needed.has(sha256)) return []
    const by = [...new Set([...git.whoNames(path), ...git.whoPins(sha256)])]
    if (by.length > 0) return [{ kept: { path, why: { kind: 'named', by } } }]
    if (awaited.has(sha256)) return [{ kept: { path, why: { kind: 'unfinished' } } }]
    if (nowMs - file.writtenAtMs <= graceMs) return [{ kept: { path, why: { kind: 'young' } } }]
    const kind = left.has(sha256) ? 'original' : 'orphan'
    return [{ doomed: { ...file, kind, isUncommitted: !git.isCommitted(path) } }]
  })
}
