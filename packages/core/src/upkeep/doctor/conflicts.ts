import { parseJson } from '../../json.ts'
import type { Entry, Store } from '../../ports.ts'
import { entryPath } from '../../store/address.ts'
import { readEntry } from '../../store/entry.ts'
import { successorOf } from '../../store/successor.ts'
import { textsOf } from '../git/objects.ts'
import { fieldsOf } from '../git/repository.ts'
import type { Patient } from './patient.ts'
import { entriesIn } from './sides.ts'

/** An entry that two branches wrote, each for a purchase of its own. */
export interface Conflict {
  /** Relative to the store. */
  readonly path: string
  /** What each of them bought, nothing for a text that is no entry. */
  readonly sides: readonly (Entry | undefined)[]
  /** Entries of other keys that git took for earlier versions of this one, as they are much alike. */
  readonly strangers: readonly Entry[]
  /** Of which versions git, too, waits for one to be chosen; of none where its marks were committed. */
  readonly versions: readonly Version[]
}

/** The names by which `git checkout` takes them. */
type Version = 'ours' | 'theirs'

/** Entries that git could not merge, and entries with its marks in them. */
export async function conflictsIn(patient: Patient): Promise<readonly Conflict[]> {
  const unmerged = await unmergedIn(patient)
  const known = new Set(unmerged.map(({ path }) => path))
  const marked = patient.entryFiles
    .filter(({ path, entry }) => entry === undefined && !known.has(path))
    .flatMap(({ path, key, text }) => {
      const sides = entriesIn(text, key)
      return sides.length === 0 ? [] : [{ path, sides, strangers: [], versions: [] }]
    })
  return [...unmerged, ...marked]
}

async function unmergedIn({ repository }: Patient): Promise<readonly Conflict[]> {
  if (repository === undefined) return []
  const { git, prefix } = repository
  const asked = ['ls-files', '-u', '-z', '--full-name', '--', `${prefix}images`]
  const stages = (await fieldsOf(git(asked))).flatMap((line) => {
    const [, blob, stage, path] = /^\d+ ([0-9a-f]+) (\d)\t(.*)$/s.exec(line) ?? []
    // The first stage is what both began with.
    if (blob === undefined || path === undefined || stage === '1') return []
    const version: Version = stage === '2' ? 'ours' : 'theirs'
    return [{ blob, version, path: path.slice(prefix.length) }]
  })
  const texts = await textsOf(
    stages.map(({ blob }) => blob),
    git,
  )
  return [...Map.groupBy(stages, ({ path }) => path)].map(([path, all]) => {
    const entries = all.map(({ blob }) => readEntry(parseJson(texts.get(blob) ?? '')))
    const isOwn = (entry: Entry | undefined): boolean =>
      entry === undefined || path === entryPath(entry.key)
    return {
      path,
      sides: entries.filter(isOwn),
      strangers: entries.flatMap((entry) => (isOwn(entry) ? [] : (entry ?? []))),
      versions: all.map(({ version }) => version),
    }
  })
}

/**
 * Keeps what a person adopted, else the earlier purchase, where its bytes are there; its entry tells of the others, and all
 * bytes stay. Answers the paths that it resolved.
 */
export async function resolveConflicts(patient: Patient): Promise<readonly string[]> {
  const { local, repository } = patient
  const resolved: string[] = []
  for (const { path, sides, strangers, versions } of await conflictsIn(patient)) {
    const known = sides.filter((side) => side !== undefined)
    const [kept, ...others] = known.toSorted((one, other) => rankOf(one, other))
    if (kept === undefined || known.length < sides.length) continue
    const original = await local.original(kept)
    if (original.kind !== 'hit') continue
    await local.replace(await tellingOf(others, kept, local), original.value)
    for (const stranger of strangers) await keepBeside(stranger, local)
    if (versions.length > 0 && repository !== undefined)
      await repository.git(['add', '-f', '--', `${repository.prefix}${path}`])
    resolved.push(path)
  }
  return resolved
}

/** What was paid for otherwise need not be bought again, where its bytes are there. */
async function tellingOf(others: readonly Entry[], kept: Entry, local: Store): Promise<Entry> {
  let telling = kept
  for (const other of others)
    if ((await local.original(other)).kind === 'hit') telling = successorOf(other, telling, true)
  return telling
}

/** What was paid for keeps an entry, unless its key has one. */
async function keepBeside(entry: Entry, local: Store): Promise<void> {
  if ((await local.entry(entry.key)).kind !== 'absent') return
  if ((await local.original(entry)).kind === 'hit') await local.share(entry)
}

/** On every machine the same one is kept, also of two that were bought at one time. */
function rankOf(one: Entry, other: Entry): number {
  const adoption = Number(other.adopted !== undefined) - Number(one.adopted !== undefined)
  if (adoption !== 0) return adoption
  const [first, second] = [Date.parse(one.boughtAt), Date.parse(other.boughtAt)]
  return first - second || (one.original.sha256 < other.original.sha256 ? -1 : 1)
}
