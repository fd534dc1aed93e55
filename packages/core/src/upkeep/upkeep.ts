import type { Baseline } from '../plan/baseline.ts'
import { baselineAt } from './baseline.ts'
import type { Ailment, Checkup } from './doctor/ailment.ts'
import { type CheckUpOptions, checkUp } from './doctor/check-up.ts'
import { openKeyFiles } from './doctor/key-files.ts'
import { collect } from './gc/collect.ts'
import type { CollectOptions, Collection } from './gc/collection.ts'
import type { IgnoreRule } from './git/ignored.ts'
import type { Ground } from './ground.ts'
import { hidingRuleOf } from './hiding-rules.ts'
import type { GitFileChange } from '../store/git-files.ts'
import { type InitOptions, gitChanges, initialise } from './initialise.ts'

/** Looks after a store: nothing of it is bought. */
export interface Upkeep {
  /** What `initialise` would write, of the files that git reads. */
  gitChanges(options: InitOptions): Promise<readonly GitFileChange[]>
  /** Writes what git must know of the store; answers the names of the files that changed. */
  initialise(options: InitOptions): Promise<readonly string[]>
  /** The rule that will keep git from seeing what is bought; nothing where there is none, or where git cannot tell. */
  hidingRule(): Promise<IgnoreRule | undefined>
  /** Files of the project's environment that hold a key and that git would take, or took. */
  openKeyFiles(): Promise<readonly Ailment[]>
  /** Lists what of the store nobody names, and deletes it where that is asked for. */
  collect(options: CollectOptions): Promise<Collection>
  /**
   * What the store held where this branch left another one.
   * @param ref A branch, tag or commit.
   * @throws `BASELINE_NOT_FOUND` where there is no such commit here, or no commit in common
   */
  baselineAt(ref: string): Promise<Baseline>
  /** Looks the store over, and mends first what is safe where that is asked for. */
  checkUp(options: CheckUpOptions): Promise<Checkup>
}

/** The upkeep of a project's store. */
export function upkeepOf(ground: Ground): Upkeep {
  return {
    gitChanges: (options) => gitChanges(ground, options),
    initialise: (options) => initialise(ground, options),
    hidingRule: () => hidingRuleOf(ground),
    openKeyFiles: () => openKeyFiles(ground),
    baselineAt: (ref) => baselineAt(ref, ground),
    collect: (options) => collect(ground, options),
    checkUp: (options) => checkUp(ground, options),
  }
}
