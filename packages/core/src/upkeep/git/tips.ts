import { type Repository, fieldsOf, ifAny, linesOf } from './repository.ts'
import type { Git } from './run-git.ts'

/** An object of git, and the words for where it is named. */
export interface Tip {
  readonly object: string
  readonly by: string
}

/** Every ref, and what stands beside them. */
export interface Tips {
  readonly tips: readonly Tip[]
  /** The branch that is checked out and its upstream of the same name, of which the content on disk speaks. */
  readonly spokenFor: readonly string[]
}

/**
 * What every ref names, but for the current branch and its upstream; stashes with all that they were made from. Where a
 * branch follows one of another name, that one is a branch like others.
 */
export async function tipsOf({ git }: Repository): Promise<Tips> {
  const fields = ['refname', 'objectname', 'symref', 'upstream', 'upstream:remoteref']
  const format = fields.map((field) => `%(${field})`).join('%00')
  const lines = await linesOf(git(['for-each-ref', `--format=${format}`]))
  const refs = lines.flatMap((line) => {
    const [name, object, target, upstream, remoteRef] = line.split('\0')
    if (name === undefined || object === undefined) return []
    return [{ name, object, target, upstream, remoteRef }]
  })
  const head = await branchHere(git)
  const here = refs.find(({ name }) => name === head)
  const spokenFor = [head, here && namesakeOf(here)].flatMap((one) => one ?? [])
  const others = refs.filter(
    ({ name, target = '' }) => !spokenFor.includes(name) && !spokenFor.includes(target),
  )
  const hasStash = refs.some(({ name }) => name === 'refs/stash')
  return {
    tips: [
      ...others.map(({ name, object }) => ({ object, by: shortened(name) })),
      ...(hasStash ? await stashesOf(git) : []),
    ],
    spokenFor: spokenFor.map(shortened),
  }
}

interface Ref {
  readonly name: string
  readonly upstream: string | undefined
  /** What the upstream is called where it comes from. */
  readonly remoteRef: string | undefined
}

/** The remote branch of its name that a branch follows: `alice/fix`, which is `origin/alice/fix` here, is not `fix`. */
function namesakeOf({ name, upstream, remoteRef }: Ref): string | undefined {
  const isOfRemote = upstream?.startsWith('refs/remotes/') === true
  return isOfRemote && remoteRef === name ? upstream : undefined
}

/** The branch that is checked out; nothing where none is. */
async function branchHere(git: Git): Promise<string | undefined> {
  const answer = await ifAny(git(['symbolic-ref', '-q', 'HEAD']))
  return answer && (await linesOf(answer))[0]
}

/** A stash is a commit whose parents are what was checked out, its index and, where they were taken along, its new files. */
async function stashesOf(git: Git): Promise<readonly Tip[]> {
  const lines = await linesOf(git(['log', '-g', '--format=%H %P', 'refs/stash', '--']))
  return lines.flatMap((line, at) =>
    line
      .split(' ')
      .filter((object) => object !== '')
      .map((object) => ({ object, by: `stash@{${at}}` })),
  )
}

function shortened(name: string): string {
  return name.replace(/^refs\/(?:heads|remotes|tags)\//, '')
}

/** Another work tree of the repository. */
export interface OtherWorktree {
  readonly path: string
  /** Nothing where it has no commit. */
  readonly head: string | undefined
}

/** The work trees of a repository beside this one. */
export async function otherWorktrees(
  { git, top }: Repository,
  realPathOf: (path: string) => string,
): Promise<readonly OtherWorktree[]> {
  const fields = await fieldsOf(git(['worktree', 'list', '--porcelain', '-z']))
  const records = fields.join('\0').split('\0\0')
  return records.flatMap((record) => {
    const lines = record.split('\0').filter((line) => line !== '')
    const path = valueOf('worktree', lines)
    if (path === undefined || lines.includes('bare')) return []
    const head = valueOf('HEAD', lines)
    const isUnborn = head === undefined || /^0+$/.test(head)
    return realPathOf(path) === top ? [] : [{ path, head: isUnborn ? undefined : head }]
  })
}

function valueOf(name: string, lines: readonly string[]): string | undefined {
  return lines.find((line) => line.startsWith(`${name} `))?.slice(name.length + 1)
}
