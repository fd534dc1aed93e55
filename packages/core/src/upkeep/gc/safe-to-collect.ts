import { existsSync, realpathSync } from 'node:fs'
import { globby } from 'globby'
import { describePlace } from '../../place.ts'
import { ImpromptError, reasonOf } from '../../error.ts'
import type { PlanInput } from '../../plan/plan.ts'
import { severityOf } from '../../problem.ts'
import { count } from '../../wording.ts'
import { type Repository, linesOf, surroundingsOf } from '../git/repository.ts'
import type { Ground } from '../ground.ts'
import { isWithin } from '../store-files.ts'
import type { LookAtClaims } from './claims-here.ts'
import type { Obstacle } from './collection.ts'

/** @throws `COLLECTION_REFUSED` where the content of the project may not speak for all that uses its store */
export async function requireOwnStore(
  { root, storeFolder }: Ground,
  despite: readonly Obstacle[],
): Promise<void> {
  if (despite.includes('other-projects')) return
  const others = await globby('*/**/imprompt.config.*', {
    cwd: root,
    gitignore: true,
    ignore: ['**/node_modules/**'],
  })
  const isOutside = !isWithin(realpathSync(storeFolder), realpathSync(root))
  if (!isOutside && others.length === 0) return
  const fault = isOutside
    ? `\`${storeFolder}\` stands outside of the project \`${root}\`, and other projects may use it, whose content is not read`
    : `\`${others[0]}\` is another project's, which may use this store, and whose styles and defaults are not read`
  throw refusal(fault, 'run it with `--despite other-projects` where none does')
}

/**
 * The repository of a store; nothing where there is none.
 * @throws `COLLECTION_REFUSED` where git cannot tell everything that it names
 */
export async function repositoryFor(
  { root, storeFolder, environment }: Ground,
  despite: readonly Obstacle[],
): Promise<Repository | undefined> {
  const [around, aroundContent] = await Promise.all([
    surroundingsOf(storeFolder, environment),
    surroundingsOf(root, environment),
  ])
  if (around.kind === 'unknown') throw refusal(around.reason, 'see to that first')
  if (aroundContent.kind === 'unknown') throw refusal(aroundContent.reason, 'see to that first')
  const repository = around.kind === 'repository' ? around.repository : undefined
  const top = aroundContent.kind === 'repository' ? aroundContent.repository.top : undefined
  if (repository?.top !== top)
    throw refusal(
      `\`${storeFolder}\` does not stand in the repository of its content, so that it cannot be told what other branches need`,
      'delete by hand what is surely needed nowhere',
    )
  if (repository !== undefined) await requireWholeRepository(repository, despite)
  return repository
}

async function requireWholeRepository(
  repository: Repository,
  despite: readonly Obstacle[],
): Promise<void> {
  const { isShallow, isSparse, superproject } = repository
  if (isShallow && !despite.includes('shallow-clone'))
    throw refusal(
      'this clone is shallow, so that branches and tags may be missing that name pictures',
      'run `git fetch --unshallow`, or `--despite shallow-clone` where nothing is missing',
    )
  if (isSparse)
    throw refusal(
      'the checkout is sparse, so that content may not be on disk',
      'run `git sparse-checkout disable` first',
    )
  if (superproject !== undefined)
    throw refusal(
      `this repository is a submodule of \`${superproject}\`, whose branches name commits of it that no ref here tells`,
      'collect in a clone of its own',
    )
  const operation = await operationUnderWay(repository)
  if (operation !== undefined)
    throw refusal(
      `a ${operation} is under way, so that content is half of two branches`,
      'end it first',
    )
}

const operations = [
  ['MERGE_HEAD', 'merge'],
  ['rebase-merge', 'rebase'],
  ['rebase-apply', 'rebase'],
  ['CHERRY_PICK_HEAD', 'cherry-pick'],
  ['REVERT_HEAD', 'revert'],
  ['BISECT_LOG', 'bisection'],
] as const

async function operationUnderWay({ git }: Repository): Promise<string | undefined> {
  const asked = operations.flatMap(([name]) => ['--git-path', name])
  const paths = await linesOf(git(['rev-parse', '--path-format=absolute', ...asked]))
  return operations.find((_one, at) => existsSync(paths[at] ?? ''))?.[1]
}

/**
 * Everything that the content of today asks for.
 * @throws `AUTHORING_PROBLEMS` where part of it is not understood, `COLLECTION_REFUSED` where it cannot be read or is not there
 */
export async function completeScan(
  { scan, root, settings }: Ground,
  despite: readonly Obstacle[],
): Promise<PlanInput> {
  const found = await scan().catch((cause: unknown) => {
    if (cause instanceof ImpromptError) throw cause
    throw refusal(`the content cannot be read: ${reasonOf(cause)}`, 'make it readable')
  })
  const errors = found.problems.filter((problem) => severityOf(problem) === 'error')
  const [first] = errors
  if (first !== undefined)
    throw new ImpromptError(
      'AUTHORING_PROBLEMS',
      `${count(errors.length, 'problem')} in the content, the first at ${describePlace(first.place)}, so that it cannot be told which pictures it names. Nothing was deleted; \`imprompt lint\` lists them`,
    )
  const empty = await emptyGlobs(root, settings.content)
  if (empty.length > 0 && !despite.includes('no-content'))
    throw refusal(
      `${empty.map((glob) => `\`${glob}\``).join(' and ')} of \`content\` name no file`,
      'mend them, or run it with `--despite no-content` where that is meant',
    )
  return found
}

/** A glob that is wrong, or whose folder was moved, hides content, be there other content or not. */
async function emptyGlobs(root: string, globs: readonly string[]): Promise<readonly string[]> {
  const options = { cwd: root, gitignore: true, ignore: ['**/node_modules/**'] }
  const positive = globs.filter((glob) => !glob.startsWith('!'))
  const found = await Promise.all(positive.map((glob) => globby(glob, options)))
  return positive.filter((_glob, at) => found[at]?.length === 0)
}

/** @throws `COLLECTION_REFUSED` where a build is at work on the store */
export async function requireNoBuild(look: LookAtClaims): Promise<void> {
  const held = (await look()).filter(({ isHeld }) => isHeld)
  const [first] = held
  if (first === undefined) return
  const { name, top } = first
  const who = top.holder === undefined ? 'a build' : `process ${top.holder.pid}`
  const what = name === 'batches' ? 'hands in a batch' : `buys the request ${name}`
  const others = held.length === 1 ? '' : `, and ${count(held.length - 1, 'other claim')} is held`
  throw refusal(`${who} ${what}${others}`, 'run it again when no build runs')
}

function refusal(fault: string, advice: string): ImpromptError {
  const sentence = `${fault.charAt(0).toUpperCase()}${fault.slice(1)}`
  return new ImpromptError('COLLECTION_REFUSED', `${sentence}. Nothing was deleted; ${advice}`)
}
