import { reasonOf } from '../../error.ts'
import { completeGitFile, gitFiles } from '../../store/git-files.ts'
import { fieldsOf } from '../git/repository.ts'
import { GitFailure } from '../git/run-git.ts'
import type { Ground } from '../ground.ts'
import { keyIn } from '../store-files.ts'
import type { Ailment, Checkup } from './ailment.ts'
import { ailmentsOfChanges, changesIn } from './changes.ts'
import { ailmentsOfConflicts } from './conflict-ailments.ts'
import { type Conflict, conflictsIn, resolveConflicts } from './conflicts.ts'
import { ailmentsOfFiles } from './files.ts'
import { givenUpIn } from './given-up.ts'
import { ailmentsOfRules } from './git-rules.ts'
import { entriesOfIndex } from './index-entries.ts'
import { openKeyFiles } from './key-files.ts'
import { type Patient, patientOf } from './patient.ts'
import { ailmentsOfRecords } from './records.ts'
import type { Journal, Key } from '../../ports.ts'
import { originalPath } from '../../store/address.ts'

/** How a store is looked over. */
export interface CheckUpOptions {
  /** Whether what is safe is mended first. */
  readonly isFixing: boolean
  /** Ends the mending, and the wait for builds that may be about the same. What is left is told. @default never */
  readonly stop?: AbortSignal
}

/**
 * Looks a store over; where that is asked for, mends first what can be mended without losing or spending anything.
 * What git cannot tell is an ailment itself.
 */
export async function checkUp(
  ground: Ground,
  { isFixing, stop = new AbortController().signal }: CheckUpOptions,
): Promise<Checkup> {
  const before = await patientOf(ground)
  if (before === undefined) return { ailments: ofVersions(ground), mended: [] }
  const mended = isFixing ? await mend(before, stop) : []
  const patient = isFixing ? await patientOf(ground) : before
  return { ailments: patient === undefined ? [] : await ailmentsOf(patient), mended }
}

async function ailmentsOf(patient: Patient): Promise<readonly Ailment[]> {
  const { repository } = patient
  const faults: Ailment[] = [...ofSurroundings(patient)]
  const orTold = async <Value>(asked: Promise<readonly Value[]>): Promise<readonly Value[]> =>
    asked.catch((cause: unknown) => {
      if (!(cause instanceof GitFailure)) throw cause
      faults.push(gitAilment(cause.message))
      return []
    })
  const conflicts: readonly Conflict[] = await orTold(conflictsIn(patient))
  const changes = repository === undefined ? [] : await orTold(changesIn(repository))
  const rules = repository === undefined ? [] : await orTold(ailmentsOfRules(patient, repository))
  const givenUp = new Set(
    repository === undefined ? [] : await orTold(givenUpIn(patient, changes, repository)),
  )
  const ofFiles = ailmentsOfFiles(patient, { conflicts, changes })
  const told = new Set(
    ofFiles.flatMap(({ severity, path }) => (severity === 'error' && path) || []),
  )
  const all = [
    ...faults,
    ...ofVersions(patient),
    ...ailmentsOfConflicts(conflicts, patient),
    ...ofFiles,
    ...rules,
    ...(await orTold(openKeyFiles(patient))),
    ...(repository === undefined ? [] : ailmentsOfChanges({ changes, told, givenUp }, repository)),
    ...(await ailmentsOfRecords(patient)),
    ...closedStore(await patient.local.closure()),
  ]
  return all
    .map(placedBy(patient))
    .toSorted((one, other) => ranks[one.severity] - ranks[other.severity])
}

/** Tells of each file of a picture where that stands. */
function placedBy({ entryFiles, places }: Patient): (ailment: Ailment) => Ailment {
  const keys = new Map<string, Key>()
  for (const { path, key, entry } of entryFiles) {
    keys.set(path, key)
    if (entry !== undefined) keys.set(originalPath(entry.original), key)
  }
  return (ailment) => {
    const { path = '' } = ailment
    const key = keys.get(path) ?? keyIn(path)
    const place = key && places.ofKey(key)
    return place === undefined ? ailment : { ...ailment, place }
  }
}

const ranks: Readonly<Record<Ailment['severity'], number>> = { error: 0, warning: 1, note: 2 }

function ofVersions({ discord }: Pick<Ground, 'discord'>): readonly Ailment[] {
  if (discord === undefined) return []
  const { message, command } = discord
  const remedy = `run \`${command}\`, which brings them to one; nothing is bought before`
  return [{ code: 'versions', severity: 'warning', message, remedy }]
}

function ofSurroundings({ around, settings }: Patient): readonly Ailment[] {
  switch (around.kind) {
    case 'repository':
      return []
    case 'unknown':
      return [gitAilment(around.reason)]
    case 'none':
      if (settings.remotes.length > 0) return []
      return [
        {
          code: 'git',
          severity: 'note',
          message: 'no git repository is here, so that what was paid for is on this disk alone',
          remedy: 'commit the store, or name `remotes` in the configuration',
        },
      ]
  }
}

function closedStore(reason: string | undefined): readonly Ailment[] {
  if (reason === undefined) return []
  return [
    {
      code: 'closed',
      severity: 'warning',
      message: `${reason}; what it holds is shown, and nothing is bought`,
      remedy: 'let this user write to it, where builds here may buy',
    },
  ]
}

function gitAilment(message: string): Ailment {
  return { code: 'git', severity: 'warning', message, remedy: 'what git knows was not looked at' }
}

async function mend(patient: Patient, stop: AbortSignal): Promise<readonly string[]> {
  const { storeFolder, recover, journal } = patient
  const waiting = await arrivedIn(journal)
  if (waiting > 0) await recover(stop)
  const left = await arrivedIn(journal)
  const stored = waiting > left ? [`stored ${waiting - left} unfinished of ${waiting}`] : []
  if (stop.aborted) return stored
  const completed: string[] = []
  for (const name of gitFiles)
    if (await completeGitFile(storeFolder, name)) completed.push(`completed ${name}`)
  return [
    ...stored,
    ...completed,
    ...(await orNothing(resolveConflicts(patient))).map(
      (path) => `resolved ${path}: the earlier purchase is kept, or what was adopted`,
    ),
    ...(await rewriteConverted(patient)).map((path) => `wrote ${path} with its own line ends`),
    ...(await orNothing(restoreEntries(patient))).map((path) => `restored ${path}`),
  ]
}

/** How many purchases arrived and are not stored; what cannot be read is told as an ailment. */
async function arrivedIn(journal: Journal): Promise<number> {
  const unfinished = await journal.unfinished().catch(() => [])
  return unfinished.filter(({ entry }) => entry !== undefined).length
}

/** What git cannot tell is left as it is. */
async function orNothing(asked: Promise<readonly string[]>): Promise<readonly string[]> {
  return asked.catch((cause: unknown) => {
    if (cause instanceof GitFailure) return []
    throw cause instanceof Error ? cause : new Error(reasonOf(cause))
  })
}

async function rewriteConverted({ entryFiles, local }: Patient): Promise<readonly string[]> {
  const converted = entryFiles.filter(({ text }) => text.includes('\r\n'))
  const written: string[] = []
  for (const { entry, path } of converted) {
    if (entry === undefined) continue
    await local.share(entry)
    written.push(path)
  }
  return written
}

/** An entry that git's index has and the disk lost comes back where its bytes are there as they were bought. */
async function restoreEntries({ repository, local }: Patient): Promise<readonly string[]> {
  if (repository === undefined) return []
  const { git, prefix } = repository
  const asked = ['ls-files', '-z', '--deleted', '--full-name', '--', `${prefix}images`]
  const deleted = (await fieldsOf(git(asked))).map((path) => path.slice(prefix.length))
  const restored: string[] = []
  for (const [path, entry] of await entriesOfIndex(deleted, repository)) {
    if ((await local.original(entry)).kind !== 'hit') continue
    await local.share(entry)
    restored.push(path)
  }
  return restored
}
