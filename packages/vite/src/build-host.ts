import type { OpenProject } from '@imprompt/core'
import { emitInto } from './emit.ts'
import type { Host } from './host.ts'
import { leftOverMessage } from './left-overs.ts'
import { type Built, sessionFor } from './session.ts'

/**
 * Pictures of a build: planned, bought and encoded when its first environment starts.
 * @param before Names of the plugins that come before ours.
 */
export function buildHost(project: OpenProject, before: readonly string[]): Host {
  const session = sessionFor(project)
  const rewritten = new Set<string>()
  let joined: Promise<Built> | undefined
  const built = (): Promise<Built> => {
    if (joined === undefined) throw new Error('imprompt: a hook ran before `buildStart`')
    return joined
  }
  return {
    project,
    start: async (start) => {
      joined = session.join(start)
      await joined
    },
    end: (environment) => session.leave(environment),
    sceneFor: async (content, emitter) => {
      const { gallery } = await built()
      for (const { place } of content.directives) rewritten.add(place.file)
      return { gallery, publish: emitInto(emitter, gallery) }
    },
    leftOversIn: async (bundle) => {
      const { scan } = await built()
      return leftOverMessage(bundle, scan, { rewritten, before })
    },
  }
}
