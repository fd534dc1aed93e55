import { lackingLines, localNames } from '../../store/git-files.ts'
import { bytesInWords, count } from '../../wording.ts'
import { hashIn } from '../store-files.ts'
import { ignoredOf } from '../git/ignored.ts'
import { type Repository, fieldsOf, ifAny, linesOf } from '../git/repository.ts'
import { hidingRules, sampleEntry, sampleOriginal, sampledPaths } from '../hiding-rules.ts'
import { isLfsSetUp } from '../git/lfs.ts'
import type { Ailment } from './ailment.ts'
import type { Patient } from './patient.ts'

/** What is wrong with how git treats a store. */
export async function ailmentsOfRules(
  patient: Patient,
  repository: Repository,
): Promise<readonly Ailment[]> {
  const attributes = await attributesOf(patient, repository)
  const isOutdated = lackingLines(patient.storeFolder, '.gitattributes').length > 0
  const usesLfs = [...attributes.values()].some(({ filter }) => filter === 'lfs')
  return [
    ...(await wrongAttributes(attributes, isOutdated, repository)),
    ...(await hiddenFiles(patient, repository)),
    ...(await localFiles(repository)),
    ...tooLarge(patient, usesLfs),
    ...(usesLfs && !(await isLfsSetUp(repository.git)) ? [lfsNotSetUp] : []),
  ]
}

interface Attributes {
  readonly text?: string
  readonly eol?: string
  readonly filter?: string
}

/** What git's attributes say of each entry and original, and of the next ones. */
async function attributesOf(
  { files }: Patient,
  { git, prefix }: Repository,
): Promise<ReadonlyMap<string, Attributes>> {
  const paths = [sampleEntry, sampleOriginal, ...files.map(({ path }) => path)].filter(
    (path) => path.startsWith('images/') || hashIn(path) !== undefined || path === sampleOriginal,
  )
  const input = paths.map((path) => `${prefix}${path}\0`).join('')
  const fields = await fieldsOf(
    git(['check-attr', '-z', '--stdin', 'text', 'eol', 'filter'], input),
  )
  const attributes = new Map<string, Attributes>()
  for (let at = 0; at + 2 < fields.length; at += 3) {
    const path = (fields[at] ?? '').slice(prefix.length)
    attributes.set(path, { ...attributes.get(path), [fields[at + 1] ?? '']: fields[at + 2] })
  }
  return attributes
}

async function wrongAttributes(
  attributes: ReadonlyMap<string, Attributes>,
  isOutdated: boolean,
  { git }: Repository,
): Promise<readonly Ailment[]> {
  const first = [...attributes].find(([path, { text, eol }]) =>
    path.startsWith('images/') ? text !== 'set' || eol !== 'lf' : text !== 'unset',
  )
  if (first === undefined) return isOutdated ? [outdated] : []
  const autocrlf = await ifAny(git(['config', '--get', 'core.autocrlf']))
  const [value = 'not set'] = autocrlf === undefined ? [] : await linesOf(autocrlf)
  return [
    {
      code: 'attributes',
      severity: 'warning',
      path: first[0],
      message: `git may convert line ends here (\`core.autocrlf\` is ${value}), which changes bytes whose hash is pinned`,
      remedy:
        '`imprompt doctor --fix` completes `.gitattributes` of the store; where another file of that name says otherwise, mend that',
    },
  ]
}

const outdated: Ailment = {
  code: 'attributes',
  severity: 'note',
  path: '.gitattributes',
  message: 'it lacks lines that this version writes',
  remedy: '`imprompt doctor --fix` adds them, and leaves all others as they are',
}

/** Rules that hide what must be committed. */
async function hiddenFiles(
  { files, settings }: Patient,
  repository: Repository,
): Promise<readonly Ailment[]> {
  const paths = [...sampledPaths, ...files.map(({ path }) => path)]
  const [first] = await hidingRules(paths, settings, repository)
  if (first === undefined) return []
  const { path, file, line, pattern } = first
  return [
    {
      code: 'hidden',
      severity: 'error',
      path,
      message: `\`${file}:${line} ${pattern}\` keeps git from seeing what was paid for, and so every other machine`,
      remedy: 'mend that rule, then `git add` the store',
    },
  ]
}

async function localFiles(repository: Repository): Promise<readonly Ailment[]> {
  const { git, prefix } = repository
  const samples = localNames.map((name) => (name.endsWith('/') ? `${name}sample` : name))
  const ignored = await ignoredOf(samples, repository, 'tracked-too')
  const open = samples.filter((path) => !ignored.has(path))
  const paths = localNames.map((name) => `${prefix}${name.replace(/\/$/, '')}`)
  const tracked = await fieldsOf(git(['ls-files', '-z', '--full-name', '--', ...paths]))
  const [committed] = tracked
  return [
    ...(open.length === 0
      ? []
      : [
          {
            code: 'local-not-ignored',
            severity: 'warning',
            path: '.gitignore',
            message: `git does not ignore ${open.map((path) => `\`${path.replace(/sample$/, '')}\``).join(', ')}, which belong to this machine`,
            remedy: '`imprompt doctor --fix` completes `.gitignore` of the store',
          } as const,
        ]),
    ...(committed === undefined
      ? []
      : [
          {
            code: 'local-committed',
            severity: 'warning',
            path: committed.slice(prefix.length),
            message: `${count(tracked.length, 'file')} of one machine in git`,
            remedy: `\`git rm --cached\` what \`git ls-files\` names there`,
          } as const,
        ]),
  ]
}

/** From here on every clone takes long. */
const largeBytes = 50_000_000

function tooLarge({ files, settings }: Patient, usesLfs: boolean): readonly Ailment[] {
  const originals = files.filter(({ path }) => hashIn(path) !== undefined)
  const bytes = originals.reduce((sum, file) => sum + file.bytes, 0)
  if (bytes <= largeBytes || usesLfs || settings.remotes.length > 0) return []
  return [
    {
      code: 'size',
      severity: 'note',
      path: 'originals',
      message: `originals take ${bytesInWords(bytes)}, which every clone fetches with all that was there before`,
      remedy:
        '`imprompt init --lfs` has Git LFS keep them, and `remotes` in the configuration a store of your own',
    },
  ]
}

const lfsNotSetUp: Ailment = {
  code: 'lfs-not-set-up',
  severity: 'error',
  path: '.gitattributes',
  message: 'originals are kept in Git LFS, which is not set up on this machine',
  remedy: 'install Git LFS, then run `git lfs install` and `git lfs pull`',
}
