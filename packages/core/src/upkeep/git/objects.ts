import { fieldsOf, linesOf } from './repository.ts'
import { type Git, GitFailure } from './run-git.ts'

/** A file in a tree or an index of git. */
export interface GitFile {
  /** From the top of the repository, with forward slashes. */
  readonly path: string
  /** The object that holds its text. */
  readonly blob: string
}

/**
 * The commits and trees that objects stand for, tags peeled, by what was asked; tags of single files are left out.
 * @throws GitFailure where git does not have an object
 */
export async function treesOf(
  objects: readonly string[],
  git: Git,
): Promise<ReadonlyMap<string, string>> {
  const asked = [...new Set(objects)]
  if (asked.length === 0) return new Map()
  const input = asked.map((object) => `${object}^{}\n`).join('')
  const format = '--batch-check=%(objectname) %(objecttype)'
  const answers = await linesOf(git(['cat-file', format], input))
  return new Map(
    asked.flatMap((object, at) => {
      const [peeled, type] = answers[at]?.split(' ') ?? []
      if (peeled === undefined || type === undefined || type === 'missing')
        throw new GitFailure('cat-file', 0, `\`${object}\` is missing; \`git fsck\` tells more`)
      return type === 'blob' ? [] : [[object, peeled] as const]
    }),
  )
}

/** An entry of `git ls-tree`. */
interface Branch {
  readonly type: string
  readonly object: string
  readonly path: string
}

/** What stands directly at some paths of a tree. */
export async function branchesAt(
  tree: string,
  paths: readonly string[],
  git: Git,
): Promise<readonly Branch[]> {
  return branchesIn(await fieldsOf(git(['ls-tree', '-z', '--full-tree', tree, '--', ...paths])))
}

/** Every file of a tree, by its path in it. */
export async function filesOfTree(tree: string, git: Git): Promise<readonly GitFile[]> {
  const all = branchesIn(await fieldsOf(git(['ls-tree', '-r', '-z', '--full-tree', tree])))
  return all.flatMap(({ type, object, path }) => (type === 'blob' ? [{ path, blob: object }] : []))
}

function branchesIn(fields: readonly string[]): readonly Branch[] {
  return fields.flatMap((line) => {
    const [, type, object, path] = /^\d+ (\w+) ([0-9a-f]+)\t(.*)$/s.exec(line) ?? []
    return type === undefined || object === undefined || path === undefined
      ? []
      : [{ type, object, path }]
  })
}

/** Every file below some paths of an index, in all its stages. */
export async function filesOfIndex(
  paths: readonly string[],
  git: Git,
): Promise<readonly GitFile[]> {
  const asked = ['ls-files', '-z', '--stage', '--full-name', '--', ...paths]
  return (await fieldsOf(git(asked))).flatMap((line) => {
    const [, blob, path] = /^\d+ ([0-9a-f]+) \d\t(.*)$/s.exec(line) ?? []
    return blob === undefined || path === undefined ? [] : [{ path, blob }]
  })
}

/** The texts of objects, by their names. */
export async function textsOf(
  blobs: readonly string[],
  git: Git,
): Promise<ReadonlyMap<string, string>> {
  const asked = [...new Set(blobs)]
  if (asked.length === 0) return new Map()
  const answer = await git(['cat-file', '--batch'], asked.map((blob) => `${blob}\n`).join(''))
  const texts = new Map<string, string>()
  let at = 0
  for (const blob of asked) {
    const end = answer.indexOf('\n', at)
    const size = Number(answer.toString('latin1', at, end).split(' ')[2])
    if (end < 0 || !Number.isSafeInteger(size))
      throw new GitFailure('cat-file', 0, `\`${blob}\` is missing; \`git fsck\` tells more`)
    texts.set(blob, answer.toString('utf8', end + 1, end + 1 + size))
    at = end + size + 2
  }
  return texts
}
