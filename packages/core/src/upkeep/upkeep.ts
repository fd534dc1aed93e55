import type { Checkup } from './doctor/ailment.ts'
import { type CheckUpOptions, checkUp } from './doctor/check-up.ts'
import { collect } from './gc/collect.ts'
import type { CollectOptions, Collection } from './gc/collection.ts'
import type { Ground } from './ground.ts'
import { type InitOptions, initialise } from './initialise.ts'

/** Looks after a store: nothing of it is bought. */
export interface Upkeep {
  /** Writes what git must know of the store; answers the names of the files that changed. */
  initialise(options: InitOptions): Promise<readonly string[]>
  /** Lists what of the store nobody names, and deletes it where that is asked for. */
  collect(options: CollectOptions): Promise<Collection>
  /** Looks the store over, and mends first what is safe where that is asked for. */
  checkUp(options: CheckUpOptions): Promise<Checkup>
}

/** The upkeep of a project's store. */
export function upkeepOf(ground: Ground): Upkeep {
  return {
    initialise: (options) => initialise(ground, options),
    collect: (options) => collect(ground, options),
    checkUp: (options) => checkUp(ground, options),
  }
}
