import { existsSync } from 'node:fs'
import { rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ImpromptError, reasonOf } from '../../error.ts'
import type { Entry } from '../../ports.ts'
import { pinnedBy } from '../../versions.ts'
import type { Repository } from '../git/repository.ts'
import { GitFailure } from '../git/run-git.ts'
import type { Ground } from '../ground.ts'
import { type KnownPlaces, knownPlaces } from '../known-places.ts'
import { type NamedByGit, namedByGit, namedByNobody } from '../named-by-git.ts'
import { deleteFile, filesBelow, hashIn, keyIn } from '../store-files.ts'
import { type LookAtClaims, lookAtClaims } from './claims-here.ts'
import type { CollectOptions, Collection, Doomed } from './collection.ts'
import { type Verdicts, verdictsOn } from './doomed.ts'
import { litterIn } from './litter.ts'
import { entriesOf, namedByContent } from './named-by-content.ts'
import { completeScan, repositoryFor, requireNoBuild, requireOwnStore } from './safe-to-collect.ts'

const dayMs = 24 * 3_600_000

/**
 * Finds what of a store nobody names, and deletes it where that is asked for: entries first, so that a kill in between
 * leaves bytes without an entry and never an entry without bytes. Spends nothing; touches no remote.
 * @throws `COLLECTION_REFUSED`, `AUTHORING_PROBLEMS`, `STORE_DAMAGED` or `STORE_UNREADABLE` where it cannot be told what
 * is named; nothing is deleted then, or the message names what was. `STORE_NOT_WRITABLE` where a file cannot be deleted
 */
export async function collect(ground: Ground, options: CollectOptions): Promise<Collection> {
  const { graceDays, despite, takesQuarantine, isDeleting } = options
  const { stop = new AbortController().signal } = options
  const { storeFolder, clock } = ground
  if (!existsSync(storeFolder))
    return { ...nothing, graceDays, despite, takesQuarantine, isDeleted: isDeleting }
  const look = lookAtClaims(storeFolder, clock, stop)
  const found = await collectionOf(ground, options, look)
  if (!isDeleting) return found
  await requireNoBuild(look)
  return { ...found, ...(await sweep(found, ground)), isDeleted: true }
}

const nothing = { paid: [], free: [], kept: [], quarantined: [], notes: [] } as const

async function collectionOf(
  ground: Ground,
  options: CollectOptions,
  look: LookAtClaims,
): Promise<Collection> {
  const { local, settings, storeFolder, journal, clock } = ground
  const { graceDays, despite, takesQuarantine } = options
  await requireOwnStore(ground, despite)
  const repository = await repositoryFor(ground, despite)
  await requireNoBuild(look)
  const scan = await completeScan(ground, despite)
  const placed = placedBy(await knownPlaces(async () => scan, ground.ledger))
  const entries = await entriesOf(local, stateAfter([]))
  const unfinished = (await journal.unfinished()).flatMap(({ entry }) => entry ?? [])
  const nowMs = clock.now().getTime()
  const graceMs = graceDays * dayMs
  const git = await namesOf(repository)
  const verdicts = verdictsOn({
    entries,
    files: ['images', 'originals'].flatMap((path) => filesBelow(storeFolder, path)),
    named: await namedByContent(scan.requests, settings, entries),
    git,
    unfinished,
    nowMs,
    graceMs,
  })
  const aside = quarantineOf(storeFolder, unfinished)
  const isGoing = (writtenAtMs: number): boolean => takesQuarantine && nowMs - writtenAtMs > graceMs
  const litter = litterIn({
    folder: storeFolder,
    claims: await look(),
    resolved: requestsAfter(entries, verdicts),
    nowMs,
  })
  const discarded = aside
    .filter(({ writtenAtMs }) => isGoing(writtenAtMs))
    .map((file) => ({ ...file, kind: 'quarantine' }) as const)
  return {
    isDeleted: false,
    paid: [...verdicts.entries, ...verdicts.originals].map(placed),
    free: [...litter, ...discarded],
    kept: verdicts.kept.map(placed),
    quarantined: aside.filter(({ writtenAtMs }) => !isGoing(writtenAtMs)),
    graceDays,
    despite,
    takesQuarantine,
    notes: notesOn(repository, git),
  }
}

/** Tells of an entry where its picture stands or stood. */
function placedBy({ ofKey }: KnownPlaces) {
  return <File extends { readonly path: string }>(file: File): File & { place?: string } => {
    const key = keyIn(file.path)
    const place = key && ofKey(key)
    return place === undefined ? file : { ...file, place }
  }
}

async function namesOf(repository: Repository | undefined): Promise<NamedByGit> {
  if (repository === undefined) return namedByNobody
  try {
    return await namedByGit(repository)
  } catch (cause) {
    if (!(cause instanceof GitFailure)) throw cause
    throw new ImpromptError(
      'COLLECTION_REFUSED',
      `${cause.message}; so it cannot be told what other branches name. Nothing was deleted`,
      { cause },
    )
  }
}

/** What waits there for its entry is left alone. */
function quarantineOf(folder: string, unfinished: readonly Entry[]): ReturnType<typeof filesBelow> {
  const awaited = new Set(unfinished.map(({ original }) => `quarantine/${original.sha256}`))
  return filesBelow(folder, 'quarantine').filter(
    // Records of attempts may lie there, too.
    ({ path }) => /^quarantine\/[0-9a-f]{64}$/.test(path) && !awaited.has(path),
  )
}

function requestsAfter(
  entries: readonly Entry[],
  { entries: going }: Verdicts,
): ReadonlySet<Entry['requestHash']> {
  const paths = new Set(going.map(({ path }) => path))
  const staying = entries.filter(({ key }) => !paths.has(`images/${key.slice(0, 2)}/${key}.json`))
  return new Set(staying.map(({ requestHash }) => requestHash))
}

function notesOn(
  repository: Repository | undefined,
  { spokenFor, places }: NamedByGit,
): readonly string[] {
  if (repository === undefined)
    return ['No git repository is here: what the content does not name goes by its age alone']
  const own = spokenFor.length === 0 ? 'what is checked out' : `\`${spokenFor.join('`, `')}\``
  const others =
    places === 1
      ? '1 other branch, tag, stash or work tree keeps what it names'
      : `${places} other branches, tags, stashes and work trees keep what they name`
  return [`The content on disk speaks for ${own}; ${others}`]
}

/** Deletes in order; answers what is gone. */
async function sweep(
  { paid, free }: Collection,
  { storeFolder, local }: Ground,
): Promise<Pick<Collection, 'paid' | 'free'>> {
  const gone = new Set<Doomed>()
  const remove = async (files: readonly Doomed[]): Promise<void> => {
    for (const file of files) {
      const isDeleted = await deleteFile(storeFolder, file.path).catch((cause: unknown) => {
        const fault = `\`${file.path}\` cannot be deleted: ${reasonOf(cause)}`
        const message = `${fault}; ${stateAfter([...gone])}. Mend that and run it again`
        throw new ImpromptError('STORE_NOT_WRITABLE', message, { cause })
      })
      if (isDeleted) gone.add(file)
    }
  }
  await remove(paid.filter(({ kind }) => kind === 'entry'))
  // A build may have given an entry to bytes that were nobody's.
  const entries = await entriesOf(local, stateAfter([...gone]))
  const pinned = pinnedBy(entries)
  await remove(paid.filter(({ kind, path }) => kind !== 'entry' && !pinned.has(hashIn(path) ?? '')))
  await remove(free)
  const isGone = (file: Doomed): boolean => gone.has(file)
  const litter = free.filter(isGone)
  await removeEmpty(storeFolder, litter)
  return { paid: paid.filter(isGone), free: litter }
}

/** What a failure says of the files that are gone already. */
function stateAfter(gone: readonly Doomed[]): string {
  if (gone.length === 0) return 'nothing was deleted'
  const paths = gone.map(({ path }) => `\`${path}\``).join(', ')
  const files = gone.length === 1 ? '1 file was' : `${gone.length} files were`
  return `${files} deleted before, which git brings back where they were committed: ${paths}`
}

/** The folder of a claim that is gone; whoever claims anew makes it anew. */
async function removeEmpty(folder: string, litter: readonly Doomed[]): Promise<void> {
  const claims = litter.filter(({ kind }) => kind === 'claim').map(({ path }) => path)
  const folders = new Set(claims.map((path) => path.replace(/\/[^/]+$/, '')))
  for (const path of folders) await rmdir(join(folder, path)).catch(() => undefined)
}
