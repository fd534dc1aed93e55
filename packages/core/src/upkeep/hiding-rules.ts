import { relative } from 'node:path'
import type { Settings } from '../config/settings.ts'
import { type IgnoreRule, isIgnoring, rulesOn } from './git/ignored.ts'
import { type Repository, surroundingsOf } from './git/repository.ts'
import { GitFailure } from './git/run-git.ts'
import type { Ground } from './ground.ts'

/** Where the next entry of a store may be. */
export const sampleEntry: string = `images/00/${'0'.repeat(64)}.json`

/** Where the next original may be. */
export const sampleOriginal: string = `originals/00/${'0'.repeat(64)}.png`

/** A path of each kind that is to be committed, relative to the store, whether anything is there or not. */
export const sampledPaths: readonly string[] = [
  sampleEntry,
  sampleOriginal,
  'ledger/2000-01/sample.jsonl',
]

/**
 * The rules that keep git from seeing what must be committed.
 * @param paths Relative to the store, around which the repository was looked for.
 */
export async function hidingRules(
  paths: readonly string[],
  { remotes }: Pick<Settings, 'remotes'>,
  repository: Pick<Repository, 'git' | 'prefix'>,
): Promise<readonly IgnoreRule[]> {
  // Bytes that remotes hold need not be in git.
  const isMeant = (path: string): boolean => remotes.length > 0 && path.startsWith('originals/')
  const rules = await rulesOn(paths, repository)
  return rules.filter((rule) => isIgnoring(rule) && !isMeant(rule.path))
}

/**
 * The rule that will keep git from seeing what is bought, also before anything is; nothing where there is none, or where git
 * cannot tell.
 */
export async function hidingRuleOf({
  root,
  storeFolder,
  settings,
  environment,
}: Pick<Ground, 'root' | 'storeFolder' | 'settings' | 'environment'>): Promise<
  IgnoreRule | undefined
> {
  const around = await surroundingsOf(root, environment)
  if (around.kind !== 'repository') return undefined
  const { git, prefix } = around.repository
  const store = relative(root, storeFolder).replaceAll('\\', '/')
  const ofStore = { git, prefix: `${prefix}${store === '' ? '' : `${store}/`}` }
  try {
    return (await hidingRules(sampledPaths, settings, ofStore))[0]
  } catch (cause) {
    // A store may stand outside of the project's repository.
    if (cause instanceof GitFailure) return undefined
    throw cause
  }
}
