import type { Gallery, OpenProject } from '@imprompt/core'
import { emitInto } from './emit.ts'
import type { Host } from './host.ts'
import { sessionFor } from './session.ts'

/** Pictures of a build: planned, bought and encoded when its first environment starts. */
export function buildHost(project: OpenProject): Host {
  const session = sessionFor(project)
  let joined: Promise<Gallery> | undefined
  return {
    project,
    start: async (start) => {
      joined = session.join(start)
      await joined
    },
    end: (environment) => session.leave(environment),
    sceneFor: async (_scan, emitter) => {
      if (joined === undefined) throw new Error('imprompt: a hook ran before `buildStart`')
      const gallery = await joined
      return { gallery, publish: emitInto(emitter, gallery) }
    },
  }
}
