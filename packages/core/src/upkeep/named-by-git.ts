import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import pMap from 'p-map'
import {
  type GitFile,
  branchesAt,
  filesOfIndex,
  filesOfTree,
  textsOf,
  treesOf,
} from './git/objects.ts'
import { type Repository, ifAny, linesOf } from './git/repository.ts'
import { GitFailure } from './git/run-git.ts'
import { type Tip, otherWorktrees, tipsOf } from './git/tips.ts'
import { type Naming, createNaming } from './naming.ts'
import { filesBelow } from './store-files.ts'

/** What git names in a store, beside what the content on disk speaks for. */
export interface NamedByGit {
  /** Who names a file, such as `images/ab/<key>.json`; nobody where the list is empty. */
  whoNames(path: string): readonly string[]
  /** Whose entries pin an original, by its hash. */
  whoPins(sha256: string): readonly string[]
  /** Whether the commit that is checked out here holds a file. */
  isCommitted(path: string): boolean
  /** The current branch and its upstream. */
  readonly spokenFor: readonly string[]
  /** How many refs, stashes and work trees were read. */
  readonly places: number
}

/** Where no repository is. */
export const namedByNobody: NamedByGit = {
  whoNames: () => [],
  whoPins: () => [],
  isCommitted: () => false,
  spokenFor: [],
  places: 0,
}

const kinds = ['images', 'originals'] as const

/**
 * What the trees of other branches, of tags, stashes and other work trees name, and what is staged here.
 * @throws GitFailure where git answers with an error, as then nothing can be told
 */
export async function namedByGit(repository: Repository): Promise<NamedByGit> {
  const { git, prefix } = repository
  const worktrees = await otherWorktrees(repository, realPathOf)
  const { tips, spokenFor } = await tipsOf(repository)
  const heads = worktrees.flatMap(({ path, head }) =>
    head === undefined ? [] : [{ object: head, by: path }],
  )
  const naming = createNaming(prefix)
  await nameTrees([...tips, ...heads], repository, naming)
  const head = await headOf(repository)
  naming.addAll(await stagedHere(head.tree, repository), 'the index')
  const paths = kinds.map((kind) => prefix + kind)
  for (const { path } of worktrees) {
    naming.addAll(await filesOfIndex(paths, git.in(path)), path)
    for (const kind of kinds) nameFilesOnDisk(join(path, prefix), kind, path, naming)
  }
  const texts = await textsOf(naming.blobs(), git)
  for (const [blob, text] of texts) naming.addPins(text, naming.whoHolds(blob))
  return {
    whoNames: (path) => naming.whoNames(path),
    whoPins: (sha256) => naming.whoPins(sha256),
    isCommitted: (path) => head.files.has(path),
    spokenFor,
    places: new Set([...tips, ...heads].map(({ by }) => by)).size,
  }
}

/** Many refs have the same pictures: each folder of theirs is read once. */
async function nameTrees(
  tips: readonly Tip[],
  { git, prefix }: Repository,
  naming: Naming,
): Promise<void> {
  const trees = await treesOf(
    tips.map(({ object }) => object),
    git,
  )
  const byTree = Map.groupBy(tips, ({ object }) => trees.get(object) ?? '')
  byTree.delete('')
  const paths = kinds.map((kind) => prefix + kind)
  const found = await pMap(
    byTree,
    async ([tree, all]) =>
      (await branchesAt(tree, paths, git)).flatMap((one) =>
        one.type === 'tree' ? all.map(({ by }) => ({ ...one, by })) : [],
      ),
    { concurrency: 4 },
  )
  const folders = Map.groupBy(found.flat(), ({ object, path }) => `${object} ${path}`)
  await pMap(
    folders.values(),
    async (alike) => {
      const [first] = alike
      if (first === undefined) return
      const files = await filesOfTree(first.object, git)
      const named = files.map(({ path, blob }) => ({ path: `${first.path}/${path}`, blob }))
      for (const { by } of alike) naming.addAll(named, by)
    },
    { concurrency: 4 },
  )
}

/** What is checked out here: a commit, or the empty tree before the first one. */
interface Head {
  readonly tree: string
  /** Relative to the store. */
  readonly files: ReadonlySet<string>
}

async function headOf({ git, prefix }: Repository): Promise<Head> {
  const head = await ifAny(git(['rev-parse', '-q', '--verify', 'HEAD^{commit}']))
  // What no input is hashed to is the empty tree, whatever hash the repository goes by.
  const [tree = ''] = await linesOf(head ?? (await git(['hash-object', '-t', 'tree', '--stdin'])))
  if (head === undefined) return { tree, files: new Set() }
  const paths = kinds.map((kind) => prefix + kind)
  const branches = await branchesAt(tree, paths, git)
  const folders = branches.filter(({ type }) => type === 'tree')
  const files = folders.map(async ({ object, path }) =>
    (await filesOfTree(object, git)).map((file) => `${path}/${file.path}`.slice(prefix.length)),
  )
  return { tree, files: new Set((await Promise.all(files)).flat()) }
}

/** What is staged here beyond what is committed. */
async function stagedHere(tree: string, { git, prefix }: Repository): Promise<readonly GitFile[]> {
  const paths = kinds.map((kind) => prefix + kind)
  const asked = ['--cached', '-z', '--no-renames', '--diff-filter=d', tree, '--', ...paths]
  const fields = (await git(['diff-index', ...asked])).toString('utf8').split('\0')
  return fields.flatMap((field, at) => {
    const [, blob] = /^:\d+ \d+ [0-9a-f]+ ([0-9a-f]+) \w/.exec(field) ?? []
    const path = fields[at + 1]
    return blob === undefined || path === undefined ? [] : [{ path, blob }]
  })
}

function nameFilesOnDisk(
  folder: string,
  kind: (typeof kinds)[number],
  by: string,
  naming: Naming,
): void {
  for (const { path } of filesBelow(folder, kind)) {
    naming.addFile(path, by)
    if (kind === 'images') naming.addPins(readFileSync(join(folder, path), 'utf8'), [by])
  }
}

function realPathOf(path: string): string {
  if (existsSync(path)) return realpathSync(path)
  throw new GitFailure(
    'worktree',
    0,
    `the work tree \`${path}\` is not there, so that what it names cannot be told; mount it, or run \`git worktree prune\` where it is gone for good`,
  )
}
